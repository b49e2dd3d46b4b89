// SPDX-License-Identifier: MIT-0
#include "kernels/rows.h"

namespace edgegen {
namespace {

class PhotoRows final : public Rows {
public:
    PhotoRows(ImageView photo, Window window) : photo_(photo), left_(window.left) {}

    const std::uint8_t* row(int y, std::uint8_t*) override { return photo_.row(y) + left_ * photo_.channels; }
    bool lends() const override { return true; }

private:
    ImageView photo_;
    std::ptrdiff_t left_;
};

}  // namespace

std::unique_ptr<Rows> photo_rows(ImageView photo, Window window) { return std::make_unique<PhotoRows>(photo, window); }

}  // namespace edgegen
