// SPDX-License-Identifier: MIT-0
// A camera's frame, YUV 4:2:0 in three planes, as RGB: the same integers in every language.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/image.h"
#include "kernels/rows.h"

namespace edgegen {

/// Somebody else's samples: sample (x, y) is samples[y * row_bytes + x * pixel_bytes]. The last row may end with its
/// last sample.
struct YuvPlane {
    const std::uint8_t* samples = nullptr;
    std::ptrdiff_t row_bytes = 0;
    std::ptrdiff_t pixel_bytes = 1;  ///< 2 where U and V are interleaved (NV12, NV21)
};

/// Which red, green and blue the Y was made of. Cameras use BT.601 unless they say otherwise.
enum class YuvMatrix { kBt601, kBt709 };

/// Whether Y goes from 0 to 255 (a camera's and JPEG's) or from 16 to 235 (a video's).
enum class YuvRange { kFull, kLimited };

/// A frame. U and V are half as wide and high, rounded up: pixel (x, y) has their sample (x / 2, y / 2). Nothing is
/// interpolated.
struct YuvView {
    YuvPlane y, u, v;
    int width = 0;   ///< in pixels, 1 to kMaxSide
    int height = 0;  ///< in pixels, 1 to kMaxSide
    YuvMatrix matrix = YuvMatrix::kBt601;
    YuvRange range = YuvRange::kFull;

    Window whole() const { return {0, 0, width, height}; }
};

/// The part of the frame inside `crop`, turned clockwise by `degrees` (0, 90, 180, 270) and then, if wanted, mirrored
/// left-right. Each level is clamp((sum + 2^19) >> 20), with ITU-R BT.601's or BT.709's factors times 2^20: at most
/// 0.5005 away from the real number. Floating point, or fewer places, would give other levels.
///
/// Throws std::invalid_argument for a plane without samples or with a stride below 1, a side out of range, an empty
/// crop or one that leaves the frame, and any other angle.
Image yuv_to_rgb(const YuvView& frame, Window crop, int degrees = 0, bool mirrored = false);

}  // namespace edgegen
