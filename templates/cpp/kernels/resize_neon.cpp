// SPDX-License-Identifier: MIT-0
// The passes of resize_scalar.cpp, four products to an instruction, for 64-bit ARM. NEON multiplies 32 bits, so weights
// need not be split; integer sums do not depend on their order.
#include "kernels/resize_paths.h"

#ifdef EDGEGEN_HAS_NEON

#include <arm_neon.h>

#include <cstring>

namespace edgegen {
namespace {

constexpr std::ptrdiff_t kLoadBytes = 16;

/// Four sums as levels of 16 bits; negative ones become 0 here, and those above 255 in vqmovn.
inline uint16x4_t to_levels(int32x4_t sums) { return vqmovun_s32(vshrq_n_s32(sums, kWeightBits)); }

inline uint8x16_t to_bytes(const int32x4_t (&sums)[4]) {
    const uint8x8_t left = vqmovn_u16(vcombine_u16(to_levels(sums[0]), to_levels(sums[1])));
    const uint8x8_t right = vqmovn_u16(vcombine_u16(to_levels(sums[2]), to_levels(sums[3])));
    return vcombine_u8(left, right);
}

/// Pixel `Index` of the four in 16 bytes, as R G B 0 of 32 bits: vqtbl1 gives 0 for a place that does not exist.
template <int Index>
inline int32x4_t rgb_at(uint8x16_t pixels) {
    constexpr std::uint8_t r = 3 * Index;
    constexpr std::uint8_t none = 0xFF;
    alignas(16) static constexpr std::uint8_t places[16] = {r,     none, none, none, r + 1, none, none, none,
                                                            r + 2, none, none, none, none,  none, none, none};
    return vreinterpretq_s32_u8(vqtbl1q_u8(pixels, vld1q_u8(places)));
}

/// The same output pixel of four RGB rows: R G B 0 of each, as bytes.
inline uint8x16_t rgb_pixels(const std::uint8_t* const (&rows)[4], std::ptrdiff_t start, const std::int32_t* weights,
                             int taps) {
    int32x4_t sums[4] = {vdupq_n_s32(kHalf), vdupq_n_s32(kHalf), vdupq_n_s32(kHalf), vdupq_n_s32(kHalf)};
    for (int j = 0; j < taps; j += 4, start += 12, weights += 4) {
        const int32x4_t four = vld1q_s32(weights);
        EDGEGEN_UNROLL
        for (int r = 0; r < 4; ++r) {
            const uint8x16_t pixels = vld1q_u8(rows[r] + start);
            sums[r] = vmlaq_laneq_s32(sums[r], rgb_at<0>(pixels), four, 0);
            sums[r] = vmlaq_laneq_s32(sums[r], rgb_at<1>(pixels), four, 1);
            sums[r] = vmlaq_laneq_s32(sums[r], rgb_at<2>(pixels), four, 2);
            sums[r] = vmlaq_laneq_s32(sums[r], rgb_at<3>(pixels), four, 3);
        }
    }
    return to_bytes(sums);
}

/// Writes R G B of each row. `room` is the number of bytes that may be written, at least 3.
inline void store_rgb(uint8x16_t pixels, std::uint8_t* const (&out)[4], std::ptrdiff_t at, std::ptrdiff_t room) {
    std::uint8_t bytes[16];
    vst1q_u8(bytes, pixels);
    // Four bytes are one store; the fourth belongs to the next pixel, which is written next.
    EDGEGEN_UNROLL
    for (int r = 0; r < 4; ++r) std::memcpy(out[r] + at, bytes + 4 * r, room >= 4 ? 4 : 3);
}

/// A gray pixel of the output.
inline std::uint8_t gray_pixel(const std::uint8_t* in, const std::int32_t* weights, int taps) {
    int32x4_t sums = vdupq_n_s32(0);
    for (int j = 0; j < taps; j += 4) {
        std::uint32_t four;
        std::memcpy(&four, in + j, sizeof four);
        const uint16x4_t words = vget_low_u16(vmovl_u8(vcreate_u8(four)));
        sums = vmlaq_s32(sums, vreinterpretq_s32_u32(vmovl_u16(words)), vld1q_s32(weights + j));
    }
    return to_level(vaddvq_s32(sums) + kHalf);
}

/// Four levels as 32 bits.
inline int32x4_t widen(uint16x4_t levels) { return vreinterpretq_s32_u32(vmovl_u16(levels)); }

/// 16 bytes of the output, from byte x on.
inline void vertical_16(const std::int32_t* weights, const std::uint8_t* const* rows, int taps, std::size_t x,
                        std::uint8_t* out) {
    int32x4_t sums[4] = {vdupq_n_s32(kHalf), vdupq_n_s32(kHalf), vdupq_n_s32(kHalf), vdupq_n_s32(kHalf)};
    for (int j = 0; j < taps; ++j) {
        const uint8x16_t levels = vld1q_u8(rows[j] + x);
        const uint16x8_t left = vmovl_u8(vget_low_u8(levels));
        const uint16x8_t right = vmovl_u8(vget_high_u8(levels));
        sums[0] = vmlaq_n_s32(sums[0], widen(vget_low_u16(left)), weights[j]);
        sums[1] = vmlaq_n_s32(sums[1], widen(vget_high_u16(left)), weights[j]);
        sums[2] = vmlaq_n_s32(sums[2], widen(vget_low_u16(right)), weights[j]);
        sums[3] = vmlaq_n_s32(sums[3], widen(vget_high_u16(right)), weights[j]);
    }
    vst1q_u8(out + x, to_bytes(sums));
}

}  // namespace

void horizontal_neon(const Axis& axis, const std::uint8_t* const* rows, int count, int first_pixel, int in_width,
                     int channels, std::uint8_t* const* out) {
    const FourRows four(rows, out, count);
    const std::ptrdiff_t in_bytes = static_cast<std::ptrdiff_t>(in_width) * channels;
    const std::ptrdiff_t out_bytes = static_cast<std::ptrdiff_t>(axis.count()) * channels;
    const int taps = axis.stride();
    std::ptrdiff_t at = 0;
    for (int x = axis.begin(); x < axis.end(); ++x, at += channels) {
        const std::ptrdiff_t start = static_cast<std::ptrdiff_t>(axis.first(x) - first_pixel) * channels;
        const std::ptrdiff_t end = start + static_cast<std::ptrdiff_t>(taps) * channels;
        if (channels == 3 && end - 12 + kLoadBytes <= in_bytes) {  // the last load has four bytes too many
            store_rgb(rgb_pixels(four.in, start, axis.weights(x), taps), four.out, at, out_bytes - at);
        } else if (channels == 1 && end <= in_bytes) {
            for (int r = 0; r < count; ++r) out[r][at] = gray_pixel(rows[r] + start, axis.weights(x), taps);
        } else {
            for (int r = 0; r < count; ++r) horizontal_pixel(axis, x, rows[r], first_pixel, channels, out[r] + at);
        }
    }
}

void vertical_neon(const std::int32_t* weights, const std::uint8_t* const* rows, int taps, std::size_t bytes,
                   std::uint8_t* out) {
    std::size_t x = 0;
    for (; x + 16 <= bytes; x += 16) vertical_16(weights, rows, taps, x, out);
    vertical_bytes(weights, rows, taps, x, bytes, out);
}

}  // namespace edgegen

#endif  // EDGEGEN_HAS_NEON
