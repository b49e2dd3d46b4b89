// io/ behind a command line, for tests/decode/test_io.py.
//
//     io_tool copy [IN.npy OUT.npy]…   reads and writes; prints a line with dtype and shape for each
//     io_tool json                     standard input, one item to a line, as one JSON array: "s TEXT" (with \xHH),
//                                      "d DOUBLE", "f FLOAT", "i INTEGER"
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <string>

#include "io/json.h"
#include "io/npy.h"

namespace {

std::string unescape(const std::string& text) {
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.compare(i, 2, "\\x") == 0) {
            bytes += static_cast<char>(std::strtol(text.substr(i + 2, 2).c_str(), nullptr, 16));
            i += 3;
        } else {
            bytes += text[i];
        }
    }
    return bytes;
}

int copy(const char* in, const char* out) {
    try {
        const edgegen::NpyArray array = edgegen::read_npy(in);
        edgegen::write_npy(out, array);
        std::printf("%s", array.dtype.c_str());
        for (const std::int64_t side : array.shape) std::printf(" %lld", static_cast<long long>(side));
        std::printf("\n");
        return 0;
    } catch (const edgegen::NpyError& error) {
        std::fprintf(stderr, "error: %s\n", error.what());
        return 9;
    }
}

int json() {
    edgegen::JsonWriter writer;
    writer.begin_object().key("items").begin_array();
    std::string line;
    while (std::getline(std::cin, line)) {
        const std::string text = line.substr(2);
        switch (line[0]) {
            case 's': writer.value(unescape(text)); break;
            case 'd': writer.value(std::strtod(text.c_str(), nullptr)); break;
            case 'f': writer.value(std::strtof(text.c_str(), nullptr)); break;
            case 'i': writer.value(static_cast<std::int64_t>(std::strtoll(text.c_str(), nullptr, 10))); break;
            default: return 2;
        }
    }
    writer.end_array().key("empty").begin_object().end_object();
    writer.key("yes").value(true).key("nothing").null().end_object();
    std::puts(writer.text().c_str());
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc >= 4 && argc % 2 == 0 && std::strcmp(argv[1], "copy") == 0) {
        int result = 0;
        for (int i = 2; i < argc && result == 0; i += 2) result = copy(argv[i], argv[i + 1]);
        return result;
    }
    if (argc == 2 && std::strcmp(argv[1], "json") == 0) return json();
    return 2;
}
