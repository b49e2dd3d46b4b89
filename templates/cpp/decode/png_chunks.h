// SPDX-License-Identifier: MIT-0
// The chunks of a PNG file. Private to decode/.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "decode/bytes.h"
#include "decode/orientation.h"

namespace edgegen::decode {

/// The colour types of a PNG, by their numbers in the file.
enum class PngColor : std::uint8_t { kGray = 0, kRgb = 2, kPalette = 3, kGrayAlpha = 4, kRgba = 6 };

/// What the chunks say, checked.
struct PngChunks {
    std::uint32_t width = 0, height = 0;  ///< pixels
    int depth = 0;                        ///< bits to a sample: 1, 2, 4, 8, 16
    PngColor color = PngColor::kGray;
    bool interlaced = false;
    std::array<std::uint8_t, 768> palette{};  ///< R, G, B; black where the file has no entry
    std::vector<Bytes> pixels;                ///< the zlib stream, as it lies in the file
    OrientationSources orientation;

    /// Samples to a pixel.
    int samples() const {
        switch (color) {
            case PngColor::kRgb: return 3;
            case PngColor::kGrayAlpha: return 2;
            case PngColor::kRgba: return 4;
            default: return 1;
        }
    }
};

/// Walks all chunks of `file`, which begins with the PNG signature, as Pillow 13 does: checksums count up to the pixels
/// and not from there on; a file that ends after its pixels is whole. Throws DecodeError.
PngChunks read_png_chunks(Bytes file);

}  // namespace edgegen::decode
