// SPDX-License-Identifier: MIT-0
#include "kernels/pad.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace edgegen {
namespace {

std::uint8_t* paint(std::uint8_t* out, int pixels, int channels, Color fill) {
    const std::uint8_t levels[3] = {fill.red, fill.green, fill.blue};
    for (int x = 0; x < pixels; ++x) {
        for (int c = 0; c < channels; ++c) *out++ = levels[c];
    }
    return out;
}

class PadRows final : public Rows {
public:
    /// `inner` is what of the window shows the picture, in the canvas's pixels; `source` gives it, or is null if empty.
    PadRows(std::unique_ptr<Rows> source, int top, Window inner, int channels, Color fill, Window window)
        : source_(std::move(source)), top_(top), inner_(inner), channels_(channels), fill_(fill), window_(window) {}

    const std::uint8_t* row(int y, std::uint8_t* room) override {
        if (source_ == nullptr || y < inner_.top || y >= inner_.bottom) {
            paint(room, window_.width(), channels_, fill_);
            return room;
        }
        std::uint8_t* const picture = paint(room, inner_.left - window_.left, channels_, fill_);
        const std::size_t bytes = static_cast<std::size_t>(inner_.width()) * static_cast<std::size_t>(channels_);
        const std::uint8_t* const made = source_->row(y - top_, picture);
        if (made != picture) std::memcpy(picture, made, bytes);
        paint(picture + bytes, window_.right - inner_.right, channels_, fill_);
        return room;
    }

private:
    std::unique_ptr<Rows> source_;
    int top_;
    Window inner_;
    int channels_;
    Color fill_;
    Window window_;
};

}  // namespace

std::unique_ptr<Rows> pad_rows(const OpenRows& open, Placement placement, int channels, Color fill, Window window) {
    const Window inner = {std::max(window.left, placement.left), std::max(window.top, placement.top),
                          std::min(window.right, placement.left + placement.width),
                          std::min(window.bottom, placement.top + placement.height)};
    std::unique_ptr<Rows> source;
    if (inner.left < inner.right && inner.top < inner.bottom) {
        source = open({inner.left - placement.left, inner.top - placement.top, inner.right - placement.left,
                       inner.bottom - placement.top});
    }
    return std::make_unique<PadRows>(std::move(source), placement.top, inner, channels, fill, window);
}

}  // namespace edgegen
