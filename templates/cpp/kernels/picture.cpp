// SPDX-License-Identifier: MIT-0
#include "kernels/picture.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <stdexcept>
#include <string>
#include <utility>

#include "kernels/crop.h"
#include "kernels/gray.h"
#include "kernels/pad.h"
#include "kernels/resize_rows.h"
#include "kernels/rows.h"

namespace edgegen {
namespace {

template <class... Cases>
struct Overloaded : Cases... {
    using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

/// `size` as an int, if a picture can be that wide or high.
int checked_side(const char* step, double size) {
    if (size >= 1.0 && size <= kMaxSide) return static_cast<int>(size);
    throw std::invalid_argument(std::string("edgegen: ") + step + " to a side of " + std::to_string(size) +
                                " pixels; a side has 1 to " + std::to_string(kMaxSide));
}

/// Python's round(): a half goes to the even number. std::round would take it away from zero.
double round_half_even(double x) { return std::nearbyint(x); }

}  // namespace

Picture::Picture(ImageView photo, PassOrder order)
    : photo_(photo), order_(order), width_(photo.width), height_(photo.height), channels_(photo.channels) {
    check(photo);
}

Picture Picture::then(Step step) const {
    Picture result = *this;
    result.width_ = step.width;
    result.height_ = step.height;
    result.channels_ = step.channels;
    result.steps_.push_back(step);
    return result;
}

Picture Picture::gray(int channels) const {
    if (channels != 1 && channels != 3) throw std::invalid_argument("edgegen: gray in neither 1 nor 3 channels");
    if (channels == 1 && channels_ == 1) return *this;
    return then({GrayStep{channels}, width_, height_, channels});
}

Picture Picture::resize(int height, int width, Filter filter) const {
    checked_side("resize", height);
    checked_side("resize", width);
    if (height == height_ && width == width_) return *this;
    return then({ResizeStep{filter}, width, height, channels_});
}

Picture Picture::resize_short_side(int size, Filter filter, int max_size) const {
    checked_side("resize_short_side", size);
    if (max_size != 0 && max_size <= size) {
        throw std::invalid_argument("edgegen: resize_short_side with a max_size that is not above size");
    }
    // Products first, then one division: Python's int(size * long / short). The products are exact in a double.
    double short_side = size;
    double long_side = std::floor(static_cast<double>(size) * std::max(width_, height_) / std::min(width_, height_));
    if (max_size != 0 && long_side > max_size) {
        short_side = std::floor(static_cast<double>(max_size) * short_side / long_side);
        long_side = max_size;
    }
    const int new_short = checked_side("resize_short_side", short_side);
    const int new_long = checked_side("resize_short_side", long_side);
    return width_ <= height_ ? resize(new_long, new_short, filter) : resize(new_short, new_long, filter);
}

Picture Picture::letterbox(int height, int width, Filter filter, Color fill) const {
    checked_side("letterbox", height);
    checked_side("letterbox", width);
    const double ratio = static_cast<double>(width_) / height_;
    const double wanted_ratio = static_cast<double>(width) / height;
    int new_width = width;
    int new_height = height;
    if (ratio > wanted_ratio) {
        new_height = static_cast<int>(round_half_even(static_cast<double>(height_) / width_ * width));
    } else if (ratio < wanted_ratio) {
        new_width = static_cast<int>(round_half_even(static_cast<double>(width_) / height_ * height));
    }
    if ((new_width == 0 || new_height == 0) && order_ == PassOrder::kPillow13) {
        // A picture so long that nothing of it is left. Pillow 13 gives a bare canvas, those before refuse, as resize()
        // does below. The picture is put beside the canvas.
        return then({PadStep{width, 0, fill}, width, height, channels_});
    }
    const Picture resized = resize(new_height, new_width, filter);
    if (new_width == width && new_height == height) return resized;
    const int left = static_cast<int>(round_half_even((width - new_width) * 0.5));
    const int top = static_cast<int>(round_half_even((height - new_height) * 0.5));
    return resized.then({PadStep{left, top, fill}, width, height, channels_});
}

Picture Picture::center_crop(int height, int width) const {
    checked_side("center_crop", height);
    checked_side("center_crop", width);
    const int less_width = std::max(width - width_, 0);
    const int less_height = std::max(height - height_, 0);
    if (less_width > 0 || less_height > 0) {
        const Picture padded =
            pad(less_width / 2, less_height / 2, less_width - less_width / 2, less_height - less_height / 2, Color{});
        return padded.center_crop(height, width);
    }
    return crop(centre_start(width_, width), centre_start(height_, height), width, height);
}

Picture Picture::crop(int left, int top, int width, int height) const {
    if (width == width_ && height == height_) return *this;
    return then({CropStep{left, top}, width, height, channels_});
}

Picture Picture::pad(int left, int top, int right, int bottom, Color fill) const {
    if (left < 0 || top < 0 || right < 0 || bottom < 0) throw std::invalid_argument("edgegen: pad by less than 0");
    if (left == 0 && top == 0 && right == 0 && bottom == 0) return *this;
    const int width = checked_side("pad", static_cast<double>(width_) + left + right);
    const int height = checked_side("pad", static_cast<double>(height_) + top + bottom);
    return then({PadStep{left, top, fill}, width, height, channels_});
}

std::unique_ptr<Rows> Picture::open(std::size_t steps, Window window) const {
    if (steps == 0) return photo_rows(photo_, window);
    const Step& step = steps_[steps - 1];
    const Step photo = {CropStep{0, 0}, photo_.width, photo_.height, photo_.channels};
    const Step& before = steps == 1 ? photo : steps_[steps - 2];
    const OpenRows source = [&](Window wanted) { return open(steps - 1, wanted); };

    const auto gray = [&](const GrayStep& to) { return gray_rows(source, before.channels, to.channels, window); };
    const auto resize = [&](const ResizeStep& by) {
        const Resize sizes = {before.height, before.width, step.height, step.width, by.filter, order_};
        return resize_rows(source, sizes, step.channels, window);
    };
    const auto crop = [&](const CropStep& at) { return crop_rows(source, at.left, at.top, window); };
    const auto pad = [&](const PadStep& at) {
        return pad_rows(source, {at.left, at.top, before.width, before.height}, step.channels, at.fill, window);
    };
    return std::visit(Overloaded{gray, resize, crop, pad}, step.what);
}

std::unique_ptr<Rows> Picture::rows() const { return open(steps_.size(), {0, 0, width_, height_}); }

Image Picture::pixels() const {
    Image image = {{}, width_, height_, channels_};
    const std::size_t row_bytes = static_cast<std::size_t>(width_) * static_cast<std::size_t>(channels_);
    image.pixels.resize(row_bytes * static_cast<std::size_t>(height_));
    const std::unique_ptr<Rows> source = rows();
    std::uint8_t* out = image.pixels.data();
    for (int y = 0; y < height_; ++y, out += row_bytes) {
        const std::uint8_t* const row = source->row(y, out);
        if (row != out) std::memcpy(out, row, row_bytes);
    }
    return image;
}

}  // namespace edgegen
