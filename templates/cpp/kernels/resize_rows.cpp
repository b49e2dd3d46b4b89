// SPDX-License-Identifier: MIT-0
#include "kernels/resize_rows.h"

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

namespace edgegen {
namespace {

/// Makes each row narrower or wider, kRowsAtOnce at a time.
class HorizontalRows final : public Rows {
public:
    /// `bottom` is the window's: rows from there on do not exist.
    HorizontalRows(std::unique_ptr<Rows> source, Axis axis, int channels, int bottom)
        : source_(std::move(source)),
          axis_(std::move(axis)),
          channels_(channels),
          bottom_(bottom),
          first_pixel_(axis_.first(axis_.begin())),
          in_width_(axis_.last(axis_.end() - 1) - first_pixel_),
          in_bytes_(static_cast<std::size_t>(in_width_) * static_cast<std::size_t>(channels)),
          out_bytes_(static_cast<std::size_t>(axis_.count()) * static_cast<std::size_t>(channels)),
          in_room_(source_->lends() ? 0 : kRowsAtOnce * in_bytes_),
          out_rows_(kRowsAtOnce * out_bytes_) {}

    const std::uint8_t* row(int y, std::uint8_t* room) override {
        if (y >= ready_end_) make_rows(y);
        std::memcpy(room, out_rows_.data() + static_cast<std::size_t>(y - ready_begin_) * out_bytes_, out_bytes_);
        return room;
    }

private:
    void make_rows(int y) {
        ready_begin_ = y;
        ready_end_ = std::min(y + kRowsAtOnce, bottom_);
        const std::uint8_t* in[kRowsAtOnce];
        std::uint8_t* out[kRowsAtOnce];
        for (int r = 0; y + r < ready_end_; ++r) {
            const std::size_t slot = static_cast<std::size_t>(r);
            in[r] = source_->row(y + r, in_room_.empty() ? nullptr : in_room_.data() + slot * in_bytes_);
            out[r] = out_rows_.data() + slot * out_bytes_;
        }
        path_.horizontal(axis_, in, ready_end_ - y, first_pixel_, in_width_, channels_, out);
    }

    const ResizePath& path_ = resize_path();
    std::unique_ptr<Rows> source_;
    Axis axis_;
    int channels_;
    int bottom_;
    int first_pixel_;
    int in_width_;
    std::size_t in_bytes_;
    std::size_t out_bytes_;
    std::vector<std::uint8_t> in_room_;   // unless the source lends its rows
    std::vector<std::uint8_t> out_rows_;  // rows ready_begin_ to ready_end_
    int ready_begin_ = 0;
    int ready_end_ = 0;
};

/// Makes one row of several. Keeps, in a ring, as many rows of the source as one output row is made of.
class VerticalRows final : public Rows {
public:
    VerticalRows(std::unique_ptr<Rows> source, Axis axis, std::size_t row_bytes)
        : source_(std::move(source)),
          axis_(std::move(axis)),
          row_bytes_(row_bytes),
          slots_(static_cast<std::size_t>(axis_.max_taps())),
          room_(source_->lends() ? 0 : slots_ * row_bytes),
          ring_(slots_),
          taps_(slots_),
          next_(axis_.first(axis_.begin())) {}

    const std::uint8_t* row(int y, std::uint8_t* room) override {
        const int first = axis_.first(y);
        const int last = axis_.last(y);
        for (next_ = std::max(next_, first); next_ < last; ++next_) {
            const std::size_t slot = slot_of(next_);
            ring_[slot] = source_->row(next_, room_.empty() ? nullptr : room_.data() + slot * row_bytes_);
        }
        for (int in = first; in < last; ++in) taps_[static_cast<std::size_t>(in - first)] = ring_[slot_of(in)];
        path_.vertical(axis_.weights(y), taps_.data(), axis_.taps(y), row_bytes_, room);
        return room;
    }

private:
    std::size_t slot_of(int in) const { return static_cast<std::size_t>(in) % slots_; }

    const ResizePath& path_ = resize_path();
    std::unique_ptr<Rows> source_;
    Axis axis_;
    std::size_t row_bytes_;
    std::size_t slots_;
    std::vector<std::uint8_t> room_;         // slots_ rows, unless the source lends its own
    std::vector<const std::uint8_t*> ring_;  // input row r is at r % slots_
    std::vector<const std::uint8_t*> taps_;  // the rows under the weights, in order
    int next_;                               // the first input row not yet asked for
};

/// Filter::kNearest: picks pixels, in both directions at once.
class NearestRows final : public Rows {
public:
    NearestRows(std::unique_ptr<Rows> source, std::vector<int> columns, std::vector<int> lines, int channels, int top)
        : source_(std::move(source)),
          columns_(std::move(columns)),
          lines_(std::move(lines)),
          channels_(static_cast<std::size_t>(channels)),
          top_(top),
          in_row_(source_->lends() ? 0 : static_cast<std::size_t>(columns_.back() - columns_.front() + 1) * channels_) {
    }

    const std::uint8_t* row(int y, std::uint8_t* room) override {
        const int line = lines_[static_cast<std::size_t>(y - top_)];
        if (line != line_) in_ = source_->row(line, in_row_.data());
        line_ = line;
        std::uint8_t* out = room;
        for (const int column : columns_) {
            const std::uint8_t* const pixel = in_ + static_cast<std::size_t>(column - columns_.front()) * channels_;
            for (std::size_t c = 0; c < channels_; ++c) *out++ = pixel[c];
        }
        return room;
    }

private:
    std::unique_ptr<Rows> source_;
    std::vector<int> columns_;
    std::vector<int> lines_;
    std::size_t channels_;
    int top_;
    std::vector<std::uint8_t> in_row_;
    int line_ = -1;  // the input row that `in_` is
    const std::uint8_t* in_ = nullptr;
};

std::unique_ptr<Rows> nearest_rows(const OpenRows& open, const Resize& resize, int channels, Window window) {
    std::vector<int> columns = nearest_pixels(resize.in_width, resize.out_width, window.left, window.right);
    std::vector<int> lines = nearest_pixels(resize.in_height, resize.out_height, window.top, window.bottom);
    auto source = open({columns.front(), lines.front(), columns.back() + 1, lines.back() + 1});
    return std::make_unique<NearestRows>(std::move(source), std::move(columns), std::move(lines), channels, window.top);
}

/// The rows after a horizontal pass from `in_width` pixels; `window` is in its output.
std::unique_ptr<Rows> horizontal_rows(const OpenRows& open, int in_width, int out_width, Filter filter, int channels,
                                      Window window) {
    if (in_width == out_width) return open(window);
    Axis axis(in_width, out_width, filter, window.left, window.right);
    auto source = open({axis.first(window.left), window.top, axis.last(window.right - 1), window.bottom});
    return std::make_unique<HorizontalRows>(std::move(source), std::move(axis), channels, window.bottom);
}

/// The rows after a vertical pass from `in_height` pixels; `window` is in its output.
std::unique_ptr<Rows> vertical_rows(const OpenRows& open, int in_height, int out_height, Filter filter, int channels,
                                    Window window) {
    if (in_height == out_height) return open(window);
    Axis axis(in_height, out_height, filter, window.top, window.bottom);
    auto source = open({window.left, axis.first(window.top), window.right, axis.last(window.bottom - 1)});
    const std::size_t row_bytes = static_cast<std::size_t>(window.width()) * static_cast<std::size_t>(channels);
    return std::make_unique<VerticalRows>(std::move(source), std::move(axis), row_bytes);
}

}  // namespace

std::unique_ptr<Rows> resize_rows(const OpenRows& open, const Resize& resize, int channels, Window window) {
    const auto& [in_height, in_width, out_height, out_width, filter, order] = resize;
    if (filter == Filter::kNearest) return nearest_rows(open, resize, channels, window);

    const auto horizontal = [&, in = in_width, out = out_width, by = filter](const OpenRows& source, Window wanted) {
        return horizontal_rows(source, in, out, by, channels, wanted);
    };
    const auto vertical = [&, in = in_height, out = out_height, by = filter](const OpenRows& source, Window wanted) {
        return vertical_rows(source, in, out, by, channels, wanted);
    };
    if (vertical_first(order, in_height, in_width, out_height, out_width)) {
        return horizontal([&](Window wanted) { return vertical(open, wanted); }, window);
    }
    return vertical([&](Window wanted) { return horizontal(open, wanted); }, window);
}

}  // namespace edgegen
