// SPDX-License-Identifier: MIT-0
#include "kernels/image.h"

#include <stdexcept>

namespace edgegen {

void check(const ImageView& image) {
    if (image.pixels == nullptr) throw std::invalid_argument("edgegen: an image without pixels");
    if (image.width < 1 || image.width > kMaxSide || image.height < 1 || image.height > kMaxSide) {
        throw std::invalid_argument("edgegen: an image with a side below 1 or above 2^20 pixels");
    }
    if (image.channels != 1 && image.channels != 3) {
        throw std::invalid_argument("edgegen: an image with neither 1 nor 3 channels");
    }
    if (image.row_bytes < static_cast<std::ptrdiff_t>(image.width) * image.channels) {
        throw std::invalid_argument("edgegen: an image whose row_bytes is less than its width * channels");
    }
}

}  // namespace edgegen
