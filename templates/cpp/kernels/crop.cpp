// SPDX-License-Identifier: MIT-0
#include "kernels/crop.h"

#include <utility>

namespace edgegen {
namespace {

class CropRows final : public Rows {
public:
    CropRows(std::unique_ptr<Rows> source, int top) : source_(std::move(source)), top_(top) {}

    const std::uint8_t* row(int y, std::uint8_t* room) override { return source_->row(y + top_, room); }
    bool lends() const override { return source_->lends(); }

private:
    std::unique_ptr<Rows> source_;
    int top_;
};

}  // namespace

std::unique_ptr<Rows> crop_rows(const OpenRows& open, int left, int top, Window window) {
    auto source = open({window.left + left, window.top + top, window.right + left, window.bottom + top});
    return std::make_unique<CropRows>(std::move(source), top);
}

}  // namespace edgegen
