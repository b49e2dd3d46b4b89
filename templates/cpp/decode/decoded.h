// SPDX-License-Identifier: MIT-0
// What both decoders give and what both must check; private to decode/.
#pragma once

#include <cstdint>
#include <string>

#include "decode/bytes.h"
#include "kernels/image.h"

namespace edgegen::decode {

/// A decoded picture as it is stored, and how it is to be turned.
struct Decoded {
    Image image;          ///< H x W x 3
    int orientation = 1;  ///< EXIF's, 1 to 8
};

inline bool is_jpeg(Bytes file) { return file.starts_with("\xff\xd8\xff"); }
inline bool is_png(Bytes file) { return file.starts_with("\x89PNG\r\n\x1a\n"); }

/// Of a multi-picture file (MPO) the first picture. Throws DecodeError.
Decoded decode_jpeg(Bytes file, std::int64_t max_pixels);

/// Of an animated file (APNG) the first picture. Throws DecodeError.
Decoded decode_png(Bytes file, std::int64_t max_pixels);

/// Throws DecodeError when a picture of that size is not to be decoded: no pixel, too many, a side above kMaxSide.
void check_size(std::uint64_t width, std::uint64_t height, std::int64_t max_pixels);

/// An RGB picture of that size, black. `check_size` comes first.
Image make_rgb(std::uint64_t width, std::uint64_t height);

[[noreturn]] void fail_truncated(const char* format);
[[noreturn]] void fail_damaged(const char* format, const std::string& why);

}  // namespace edgegen::decode
