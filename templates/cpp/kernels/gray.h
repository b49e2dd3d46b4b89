// SPDX-License-Identifier: MIT-0
// RGB to gray, as Pillow's convert("L").
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "kernels/rows.h"

namespace edgegen {

/// One pixel: ITU-R 601-2 luma in 16-bit fixed point, rounded half up. 0.299 R + 0.587 G + 0.114 B in floating point
/// would give other levels.
constexpr std::uint8_t gray_level(std::uint8_t red, std::uint8_t green, std::uint8_t blue) {
    return static_cast<std::uint8_t>((red * 19595 + green * 38470 + blue * 7471 + (1 << 15)) >> 16);
}

/// A row of `pixels` pixels. A gray row stays as it is; one gray channel is written, or three equal ones.
/// `out` may be `row` if it does not have more channels.
void gray_row(const std::uint8_t* row, int in_channels, std::size_t pixels, int out_channels, std::uint8_t* out);

/// The rows of a window of the gray picture, made from the picture that `open` opens.
std::unique_ptr<Rows> gray_rows(const OpenRows& open, int in_channels, int out_channels, Window window);

}  // namespace edgegen
