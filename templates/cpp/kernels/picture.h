// SPDX-License-Identifier: MIT-0
// A lazy picture: the steps of a torchvision transform are written down, and only the pixels that survive are computed.
#pragma once

#include <memory>
#include <variant>
#include <vector>

#include "kernels/image.h"
#include "kernels/resize.h"

namespace edgegen {

class Rows;
struct Window;

/// A photo and what is to be done to it. Reads like the transform it mirrors:
///
///     Picture seen = Picture(photo).resize_short_side(256, Filter::kBilinear).center_crop(224, 224);
///     to_chw(seen, kLevels, ChannelOrder::kRgb, tensor);
///
/// Every step gives, bit for bit, what Pillow 13 and torchvision 0.28 give for an 8-bit RGB or L picture.
/// A Picture borrows the photo's pixels and never changes; a step returns a new Picture and computes no pixel.
/// A step throws std::invalid_argument for a size below 1 or above kMaxSide, its own result's size included.
class Picture {
public:
    /// `order` is the Pillow version to reproduce; see PassOrder.
    explicit Picture(ImageView photo, PassOrder order = PassOrder::kPillow13);

    int width() const { return width_; }
    int height() const { return height_; }
    int channels() const { return channels_; }

    /// Pillow's convert("L"): (19595 R + 38470 G + 7471 B + 2^15) >> 16, in one channel or the same in three.
    Picture gray(int channels) const;

    /// Image.resize: exactly this size, antialiased (but NEAREST).
    Picture resize(int height, int width, Filter filter) const;

    /// torchvision's Resize(size, max_size): the short side becomes `size`, the long one size * long / short, rounded
    /// down. If that is above `max_size` (0: no limit; else it must be above `size`) the long side is `max_size`.
    Picture resize_short_side(int size, Filter filter, int max_size = 0) const;

    /// ImageOps.pad: the whole picture in its own proportions, centred, the rest painted with `fill`. If it is so long
    /// that a side becomes 0, Pillow 13 paints everything, and before that it is an error.
    Picture letterbox(int height, int width, Filter filter, Color fill) const;

    /// torchvision's CenterCrop: from round((side - size) / 2), half to even; black where the picture is smaller.
    Picture center_crop(int height, int width) const;

    /// torchvision's Pad: that many pixels of `fill` at each side; none may be negative.
    Picture pad(int left, int top, int right, int bottom, Color fill) const;

    /// Computes the picture. The output is new memory; what is needed besides is a few rows.
    Image pixels() const;

    /// The picture's rows, top to bottom, computed one at a time: what pixels() and to_tensor.h read. See rows.h.
    std::unique_ptr<Rows> rows() const;

private:
    struct GrayStep {
        int channels;
    };
    struct ResizeStep {
        Filter filter;
    };
    struct CropStep {
        int left, top;
    };
    struct PadStep {
        int left, top;
        Color fill;
    };
    /// One step with the size of the picture it makes.
    struct Step {
        std::variant<GrayStep, ResizeStep, CropStep, PadStep> what;
        int width, height, channels;
    };

    Picture then(Step step) const;
    Picture crop(int left, int top, int width, int height) const;
    /// The rows of a window of the picture after that many steps.
    std::unique_ptr<Rows> open(std::size_t steps, Window window) const;

    ImageView photo_;
    PassOrder order_;
    int width_, height_, channels_;
    std::vector<Step> steps_;
};

}  // namespace edgegen
