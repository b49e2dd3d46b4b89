// SPDX-License-Identifier: MIT-0
#include "kernels/to_tensor.h"

#include <cstddef>
#include <cstring>
#include <memory>
#include <vector>

#include "kernels/rows.h"

namespace edgegen {
namespace {

/// Looks up one channel of a row: sample `in[x * in_step]` goes to value x * out_step of `out`.
template <class Bits>
void look_up(const std::uint8_t* in, std::size_t in_step, std::size_t width, const Bits (&levels)[256],
             unsigned char* out, std::size_t out_step) {
    for (std::size_t x = 0; x < width; ++x) {
        // memcpy: `out` is somebody's floats, of any alignment. It compiles to one store.
        std::memcpy(out + x * out_step * sizeof(Bits), &levels[in[x * in_step]], sizeof(Bits));
    }
}

/// `value_step`, `channel_step` and `row_step` are counted in values of the tensor.
template <class Bits>
void to_tensor(const Picture& picture, const Bits (*levels)[256], ChannelOrder order, void* out, std::size_t value_step,
               std::size_t channel_step, std::size_t row_step) {
    const std::size_t width = static_cast<std::size_t>(picture.width());
    const std::size_t channels = static_cast<std::size_t>(picture.channels());
    const std::unique_ptr<Rows> rows = picture.rows();
    std::vector<std::uint8_t> room(rows->lends() ? 0 : width * channels);
    auto* line = static_cast<unsigned char*>(out);
    for (int y = 0; y < picture.height(); ++y, line += row_step * sizeof(Bits)) {
        const std::uint8_t* const row = rows->row(y, room.data());
        for (std::size_t c = 0; c < channels; ++c) {
            const std::size_t sample = order == ChannelOrder::kBgr ? channels - 1 - c : c;
            look_up(row + sample, channels, width, levels[c], line + c * channel_step * sizeof(Bits), value_step);
        }
    }
}

}  // namespace

template <class Bits>
void to_chw(const Picture& picture, const Bits (*levels)[256], ChannelOrder order, void* out) {
    const std::size_t width = static_cast<std::size_t>(picture.width());
    to_tensor(picture, levels, order, out, 1, width * static_cast<std::size_t>(picture.height()), width);
}

template <class Bits>
void to_hwc(const Picture& picture, const Bits (*levels)[256], ChannelOrder order, void* out) {
    const std::size_t channels = static_cast<std::size_t>(picture.channels());
    to_tensor(picture, levels, order, out, channels, 1, static_cast<std::size_t>(picture.width()) * channels);
}

template void to_chw(const Picture&, const std::uint32_t (*)[256], ChannelOrder, void*);
template void to_chw(const Picture&, const std::uint16_t (*)[256], ChannelOrder, void*);
template void to_chw(const Picture&, const std::uint8_t (*)[256], ChannelOrder, void*);
template void to_hwc(const Picture&, const std::uint32_t (*)[256], ChannelOrder, void*);
template void to_hwc(const Picture&, const std::uint16_t (*)[256], ChannelOrder, void*);
template void to_hwc(const Picture&, const std::uint8_t (*)[256], ChannelOrder, void*);

}  // namespace edgegen
