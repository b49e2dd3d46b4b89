// SPDX-License-Identifier: MIT-0
// Pixels in memory: rows of 8-bit samples, RGB or gray, and the words the other headers share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace edgegen {

/// The longest side a picture may have, here and after every step. It keeps every product of sizes far from overflow.
inline constexpr int kMaxSide = 1 << 20;

/// Somebody else's pixels: H x W x channels, uint8, interleaved (R, G, B or gray). Nothing is copied or freed.
///
///     pixels ─▶ R G B R G B … R G B  (padding)     row_bytes from one row to the next
///               R G B R G B … R G B  (padding)
///
/// The last row may end right after its last pixel. The pixels must outlive every view and Picture made of them.
struct ImageView {
    const std::uint8_t* pixels = nullptr;
    int width = 0;                 ///< in pixels, 1 to kMaxSide
    int height = 0;                ///< in pixels, 1 to kMaxSide
    int channels = 0;              ///< 3 (R, G, B) or 1 (gray)
    std::ptrdiff_t row_bytes = 0;  ///< at least width * channels

    const std::uint8_t* row(int y) const { return pixels + y * row_bytes; }
};

/// Own pixels: H x W x channels, uint8, rows without padding.
struct Image {
    std::vector<std::uint8_t> pixels;
    int width = 0;
    int height = 0;
    int channels = 0;

    ImageView view() const {
        return {pixels.data(), width, height, channels, static_cast<std::ptrdiff_t>(width) * channels};
    }
};

/// What is painted where there is no picture. On a gray picture `red` is the gray level, the others are not looked at.
struct Color {
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;
};

/// Throws std::invalid_argument when the view breaks one of the rules above (a null pointer, a size, the channels, the
/// row).
void check(const ImageView& image);

}  // namespace edgegen
