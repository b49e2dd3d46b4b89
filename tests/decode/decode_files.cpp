// Decodes the pictures named on standard input, one path to a line, and answers for each on standard output with
// "ok WIDTH HEIGHT\n" and the rows, or with "error MESSAGE\n". One process for many files: a start under qemu is slow.
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>

#include "decode/decode.h"

int main(int argc, char** argv) {
    const std::int64_t max_pixels = argc > 1 ? std::atoll(argv[1]) : edgegen::kMaxPixels;
    std::string path;
    while (std::getline(std::cin, path)) {
        try {
            const edgegen::Image image = edgegen::read_image(path, max_pixels);
            std::printf("ok %d %d\n", image.width, image.height);
            std::fwrite(image.pixels.data(), 1, image.pixels.size(), stdout);
        } catch (const edgegen::DecodeError& error) {
            std::printf("error %s\n", error.what());
        }
    }
    return 0;
}
