// SPDX-License-Identifier: MIT-0
#include "kernels/orient.h"

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

}  // namespace

Image orient(ImageView image, int exif_orientation) {
    check(image);
    const Walk walk = walk_of(image, exif_orientation);
    const int width = walk.exchanges_sides ? image.height : image.width;
    const int height = walk.exchanges_sides ? image.width : image.height;
    Image result = {{}, width, height, image.channels};
    result.pixels.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) *
                         static_cast<std::size_t>(image.channels));
    std::uint8_t* out = result.pixels.data();
    for (int y = 0; y < height; ++y) {
        std::ptrdiff_t at = walk.start + y * walk.down;
        for (int x = 0; x < width; ++x, at += walk.right) {
            for (int c = 0; c < image.channels; ++c) *out++ = image.pixels[at + c];
        }
    }
    return result;
}

}  // namespace edgegen
