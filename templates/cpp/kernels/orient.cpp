// SPDX-License-Identifier: MIT-0
#include "kernels/orient.h"

#include <algorithm>
#include <cstring>

namespace edgegen {
namespace {

/// How to walk through the input while the output is written row by row: where its first pixel comes from, and how many
/// bytes further the next pixel of the row, and of the column, is.
struct Walk {
    std::ptrdiff_t start, right, down;
    bool exchanges_sides;
};

Walk walk_of(const ImageView& image, int exif_orientation) {
    const std::ptrdiff_t pixel = image.channels;
    const std::ptrdiff_t line = image.row_bytes;
    const std::ptrdiff_t last_pixel = pixel * (image.width - 1);
    const std::ptrdiff_t last_line = line * (image.height - 1);
    switch (exif_orientation) {
        case 2: return {last_pixel, -pixel, line, false};
        case 3: return {last_pixel + last_line, -pixel, -line, false};
        case 4: return {last_line, pixel, -line, false};
        case 5: return {0, line, pixel, true};
        case 6: return {last_line, -line, pixel, true};
        case 7: return {last_pixel + last_line, -line, -pixel, true};
        case 8: return {last_pixel, line, -pixel, true};
        default: return {0, pixel, line, false};
    }
}

/// Copies the picture in tiles: row by row, a picture that is turned would be read with a cache miss for each pixel.
template <int Channels>
void copy(const ImageView& image, const Walk& walk, Image& result) {
    constexpr int kTile = 32;
    const std::ptrdiff_t out_line = static_cast<std::ptrdiff_t>(result.width) * Channels;
    for (int top = 0; top < result.height; top += kTile) {
        const int bottom = std::min(top + kTile, result.height);
        for (int left = 0; left < result.width; left += kTile) {
            const int right = std::min(left + kTile, result.width);
            for (int y = top; y < bottom; ++y) {
                std::ptrdiff_t at = walk.start + y * walk.down + left * walk.right;
                std::uint8_t* out = result.pixels.data() + (y * out_line + left * Channels);
                for (int x = left; x < right; ++x, at += walk.right, out += Channels) {
                    std::memcpy(out, image.pixels + at, Channels);
                }
            }
        }
    }
}

}  // namespace

Image orient(ImageView image, int exif_orientation) {
    check(image);
    const Walk walk = walk_of(image, exif_orientation);
    const int width = walk.exchanges_sides ? image.height : image.width;
    const int height = walk.exchanges_sides ? image.width : image.height;
    Image result = {{}, width, height, image.channels};
    result.pixels.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) *
                         static_cast<std::size_t>(image.channels));
    image.channels == 3 ? copy<3>(image, walk, result) : copy<1>(image, walk, result);
    return result;
}

}  // namespace edgegen
