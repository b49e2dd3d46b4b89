// SPDX-License-Identifier: MIT-0
// A part of a picture, and torchvision's rule for the part in the middle.
#pragma once

#include <memory>

#include "kernels/rows.h"

namespace edgegen {

/// Where a centred crop starts: round((side - crop) / 2), a half to the even number, as Python rounds; 0 <= crop <=
/// side. Rounding halves up would move the crop by a pixel wherever side - crop is 1, 5, 9 …
constexpr int centre_start(int side, int crop) {
    const int half = (side - crop) / 2;
    return (side - crop) % 2 == 0 ? half : half + half % 2;
}

/// The rows of a window of the crop whose left top corner is at (`left`, `top`) of the picture that `open` opens.
std::unique_ptr<Rows> crop_rows(const OpenRows& open, int left, int top, Window window);

}  // namespace edgegen
