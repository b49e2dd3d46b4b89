// SPDX-License-Identifier: MIT-0
// The two passes of a resize as they are defined. Every other path is checked against this one.
#include "kernels/resize_paths.h"

namespace edgegen {

void horizontal_scalar(const Axis& axis, const std::uint8_t* const* rows, int count, int first_pixel, int, int channels,
                       std::uint8_t* const* out) {
    for (int r = 0; r < count; ++r) {
        std::uint8_t* pixel = out[r];
        for (int x = axis.begin(); x < axis.end(); ++x, pixel += channels) {
            horizontal_pixel(axis, x, rows[r], first_pixel, channels, pixel);
        }
    }
}

void vertical_scalar(const std::int32_t* weights, const std::uint8_t* const* rows, int taps, std::size_t bytes,
                     std::uint8_t* out) {
    vertical_bytes(weights, rows, taps, 0, bytes, out);
}

}  // namespace edgegen
