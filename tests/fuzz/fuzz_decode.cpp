// Any bytes: a picture of the size it says, or an error of one line. Never more memory than the limit allows.
#include <zlib.h>

#include <cstdlib>
#include <cstring>
#include <string>

#include "decode/decode.h"

namespace {

constexpr std::int64_t kPixels = 1 << 18;

void require(bool condition) {
    if (!condition) std::abort();
}

/// Gives the chunks of a PNG the checksums that fit: nothing else gets past the first one.
void fix_checksums(std::uint8_t* data, std::size_t size) {
    const auto big32 = [data](std::size_t at) {
        return std::size_t{data[at]} << 24 | std::size_t{data[at + 1]} << 16 | std::size_t{data[at + 2]} << 8 |
               data[at + 3];
    };
    for (std::size_t at = 8; at + 12 <= size;) {
        const std::size_t length = big32(at);
        if (length > size - at - 12) return;
        const auto checksum = crc32(0, data + at + 4, static_cast<uInt>(length + 4));
        for (int i = 0; i < 4; ++i) data[at + 8 + length + i] = static_cast<std::uint8_t>(checksum >> (24 - 8 * i));
        at += length + 12;
    }
}

}  // namespace

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned seed) {
    const std::size_t mutated = LLVMFuzzerMutate(data, size, max_size);
    if (seed % 4 != 0 && mutated > 8 && std::memcmp(data, "\x89PNG", 4) == 0) fix_checksums(data, mutated);
    return mutated;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        const edgegen::Image image = edgegen::decode_image(data, size, kPixels);
        require(image.channels == 3 && image.width > 0 && image.height > 0);
        require(std::int64_t{image.width} * image.height <= kPixels);
        require(image.pixels.size() ==
                static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height) * 3);
    } catch (const edgegen::DecodeError& error) {
        const std::string line = error.what();
        require(!line.empty() && line.back() == '.' && line.find('\n') == std::string::npos);
    }
    return 0;
}
