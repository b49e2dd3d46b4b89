// SPDX-License-Identifier: MIT-0
// From pixels to the model's input: each 8-bit level is looked up in a table that Python made.
#pragma once

#include <cstdint>

#include "kernels/picture.h"

namespace edgegen {

/// In which order the tensor's channels come. A gray picture has one channel and either will do.
enum class ChannelOrder { kRgb, kBgr };

/// Writes the picture as channels x height x width values, without gaps.
///
/// `levels[c][v]` is the bit pattern of the value that level v has in the tensor's channel c, `picture.channels()`
/// rows: std::uint32_t for float32, std::uint16_t for float16, std::uint8_t for uint8 and int8. The table is made by
/// running the user's own transform on 0..255 in Python. Computing (v / 255 - mean) / std here instead would differ in
/// the last bit for up to half of the levels, by the order of operations and by fused multiply-adds.
///
/// `out` has channels * height * width * sizeof(Bits) bytes, of any alignment, and does not overlap the photo.
template <class Bits>
void to_chw(const Picture& picture, const Bits (*levels)[256], ChannelOrder order, void* out);

/// The same as height x width x channels.
template <class Bits>
void to_hwc(const Picture& picture, const Bits (*levels)[256], ChannelOrder order, void* out);

extern template void to_chw(const Picture&, const std::uint32_t (*)[256], ChannelOrder, void*);
extern template void to_chw(const Picture&, const std::uint16_t (*)[256], ChannelOrder, void*);
extern template void to_chw(const Picture&, const std::uint8_t (*)[256], ChannelOrder, void*);
extern template void to_hwc(const Picture&, const std::uint32_t (*)[256], ChannelOrder, void*);
extern template void to_hwc(const Picture&, const std::uint16_t (*)[256], ChannelOrder, void*);
extern template void to_hwc(const Picture&, const std::uint8_t (*)[256], ChannelOrder, void*);

}  // namespace edgegen
