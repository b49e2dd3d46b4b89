// SPDX-License-Identifier: MIT-0
#include "kernels/gray.h"

#include <utility>
#include <vector>

namespace edgegen {
namespace {

class GrayRows final : public Rows {
public:
    GrayRows(std::unique_ptr<Rows> source, int in_channels, int out_channels, Window window)
        : source_(std::move(source)),
          in_channels_(in_channels),
          out_channels_(out_channels),
          pixels_(static_cast<std::size_t>(window.width())),
          in_row_(source_->lends() ? 0 : pixels_ * static_cast<std::size_t>(in_channels)) {}

    const std::uint8_t* row(int y, std::uint8_t* room) override {
        gray_row(source_->row(y, in_row_.data()), in_channels_, pixels_, out_channels_, room);
        return room;
    }

private:
    std::unique_ptr<Rows> source_;
    int in_channels_;
    int out_channels_;
    std::size_t pixels_;
    std::vector<std::uint8_t> in_row_;
};

}  // namespace

void gray_row(const std::uint8_t* row, int in_channels, std::size_t pixels, int out_channels, std::uint8_t* out) {
    for (std::size_t x = 0; x < pixels; ++x) {
        const std::uint8_t* pixel = row + x * static_cast<std::size_t>(in_channels);
        const std::uint8_t level = in_channels == 3 ? gray_level(pixel[0], pixel[1], pixel[2]) : pixel[0];
        for (int c = 0; c < out_channels; ++c) *out++ = level;
    }
}

std::unique_ptr<Rows> gray_rows(const OpenRows& open, int in_channels, int out_channels, Window window) {
    return std::make_unique<GrayRows>(open(window), in_channels, out_channels, window);
}

}  // namespace edgegen
