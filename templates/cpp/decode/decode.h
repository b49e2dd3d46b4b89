// SPDX-License-Identifier: MIT-0
// From the bytes of a JPEG or PNG file to upright RGB rows, with the very numbers Python sees.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "kernels/image.h"

namespace edgegen {

/// The most pixels a picture may have, 1 GB of RGB: where Pillow raises DecompressionBombError. Give less on a small
/// board.
inline constexpr std::int64_t kMaxPixels = 2 * std::int64_t{178956970};

/// The longest file that is read, in bytes.
inline constexpr std::int64_t kMaxFileBytes = std::int64_t{1} << 30;

/// A picture that cannot be read. what() is one line: "FILE: PROBLEM. WHAT TO DO." (the file only from read_image).
class DecodeError : public std::runtime_error {
public:
    DecodeError(const std::string& problem, const std::string& hint);
    /// The same error, said about the file `path`.
    static DecodeError in_file(const std::string& path, const DecodeError& error);

private:
    explicit DecodeError(const std::string& line);
};

/// Decodes a JPEG or PNG file that is in memory. H x W x 3, uint8, RGB; `size` in bytes, 0 is an error of its own.
///
/// The result is, bit for bit, `ImageOps.exif_transpose(Image.open(file)).convert("RGB")` of Pillow 13: turned upright
/// by EXIF or XMP, stored numbers (no colour profile and no gamma is applied), alpha dropped and not multiplied in,
/// gray repeated in three channels, 16-bit gray cut off at 255 (!), other 16-bit samples by their high byte. The bits of
/// a JPEG are libjpeg-turbo's (tested: 2.1.5); edgegen's docs/pictures.md says what was tested and what differs.
///
/// Throws DecodeError for everything else: another format, CMYK, a damaged or truncated file, more than `max_pixels`
/// pixels, a side longer than kMaxSide, not enough memory.
Image decode_image(const std::uint8_t* bytes, std::size_t size, std::int64_t max_pixels = kMaxPixels);

/// Reads the file at `path` and decodes it. Throws a DecodeError that names the file.
Image read_image(const std::string& path, std::int64_t max_pixels = kMaxPixels);

}  // namespace edgegen
