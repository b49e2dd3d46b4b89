// SPDX-License-Identifier: MIT-0
// A picture on a larger canvas: Pillow's ImageOps.expand, and the second half of ImageOps.pad.
#pragma once

#include <memory>

#include "kernels/rows.h"

namespace edgegen {

/// Where the picture lies on the canvas: its size, and its left top corner in the canvas's pixels.
struct Placement {
    int left, top, width, height;
};

/// The rows of a window of the canvas: the picture that `open` opens lies on it as `placement` says, all else is
/// `fill`. What of the picture is outside the window is not opened; if that is all of it, `open` is not called.
std::unique_ptr<Rows> pad_rows(const OpenRows& open, Placement placement, int channels, Color fill, Window window);

}  // namespace edgegen
