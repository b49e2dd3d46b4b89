// SPDX-License-Identifier: MIT-0
// A resized picture as a stream of rows: the two passes of resize.h, each over only the pixels that the next one needs.
#pragma once

#include <memory>

#include "kernels/resize.h"
#include "kernels/rows.h"

namespace edgegen {

/// A resize of a whole picture, in pixels.
struct Resize {
    int in_height, in_width;
    int out_height, out_width;
    Filter filter;
    PassOrder order;
};

/// The rows of a window of the resized picture, made from the picture that `open` opens. A side that keeps its size is
/// not filtered. Memory: the horizontal pass holds kRowsAtOnce rows, before and after; the vertical pass as many rows
/// as one of its own is made of. Rows that the source lends are not copied.
std::unique_ptr<Rows> resize_rows(const OpenRows& open, const Resize& resize, int channels, Window window);

}  // namespace edgegen
