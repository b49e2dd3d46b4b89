// SPDX-License-Identifier: MIT-0
// A picture as a stream of rows, so that no step needs to hold more of it than the few rows it is working on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include "kernels/image.h"

namespace edgegen {

/// The part of a picture that is wanted, in its pixels; `right` and `bottom` are just outside.
struct Window {
    int left, top, right, bottom;

    int width() const { return right - left; }
    int height() const { return bottom - top; }
};

/// Makes the rows of one window of a picture, from top to bottom.
class Rows {
public:
    Rows() = default;
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;
    virtual ~Rows() = default;

    /// Row y of the picture, from the window's left to its right; window.top <= y < window.bottom, and y is never less
    /// than in the call before. The row is written to `room`, which has a row's bytes, and `room` is returned; or, if
    /// it exists in memory as it is, a pointer to it is returned, which holds as long as the photo does.
    virtual const std::uint8_t* row(int y, std::uint8_t* room) = 0;

    /// True if row() never writes: `room` may be null then.
    virtual bool lends() const { return false; }
};

/// Gives the rows of a window of the picture that a step starts from.
using OpenRows = std::function<std::unique_ptr<Rows>(Window)>;

/// A window of the photo itself: lent, not copied.
std::unique_ptr<Rows> photo_rows(ImageView photo, Window window);

}  // namespace edgegen
