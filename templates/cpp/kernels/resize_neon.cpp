// SPDX-License-Identifier: MIT-0
// The passes of resize_scalar.cpp, four products to an instruction, for 64-bit ARM. NEON multiplies 32 bits, so weights
// need not be split; integer sums do not depend on their order.
#include "kernels/resize_paths.h"

#ifdef EDGEGEN_HAS_NEON

#include <arm_neon.h>

namespace edgegen {
namespace {

/// Eight levels as two vectors of 32 bits.
struct Eight {
    int32x4_t left, right;
};

inline Eight widen(uint8x8_t levels) {
    const uint16x8_t words = vmovl_u8(levels);
    return {vreinterpretq_s32_u32(vmovl_u16(vget_low_u16(words))),
            vreinterpretq_s32_u32(vmovl_u16(vget_high_u16(words)))};
}

inline int32x4_t multiply_add(int32x4_t sums, Eight levels, int32x4_t left, int32x4_t right) {
    return vmlaq_s32(vmlaq_s32(sums, levels.left, left), levels.right, right);
}

/// The taps that do not fill a vector of eight, added to the sums of those that did.
inline std::uint8_t finish(std::int32_t sum, const std::uint8_t* in, std::ptrdiff_t step, const std::int32_t* weights,
                           int taps) {
    for (int j = 0; j < taps; ++j) sum += weights[j] * in[j * step];
    return to_level(sum + kHalf);
}

inline void rgb_pixel(const std::uint8_t* in, const std::int32_t* weights, int taps, std::uint8_t* out) {
    int32x4_t red = vdupq_n_s32(0);
    int32x4_t green = red;
    int32x4_t blue = red;
    int j = 0;
    for (; j + 8 <= taps; j += 8) {
        const uint8x8x3_t levels = vld3_u8(in + 3 * static_cast<std::ptrdiff_t>(j));  // eight pixels, channels apart
        const int32x4_t left = vld1q_s32(weights + j);
        const int32x4_t right = vld1q_s32(weights + j + 4);
        red = multiply_add(red, widen(levels.val[0]), left, right);
        green = multiply_add(green, widen(levels.val[1]), left, right);
        blue = multiply_add(blue, widen(levels.val[2]), left, right);
    }
    const std::uint8_t* const rest = in + 3 * static_cast<std::ptrdiff_t>(j);
    out[0] = finish(vaddvq_s32(red), rest, 3, weights + j, taps - j);
    out[1] = finish(vaddvq_s32(green), rest + 1, 3, weights + j, taps - j);
    out[2] = finish(vaddvq_s32(blue), rest + 2, 3, weights + j, taps - j);
}

inline void gray_pixel(const std::uint8_t* in, const std::int32_t* weights, int taps, std::uint8_t* out) {
    int32x4_t sums = vdupq_n_s32(0);
    int j = 0;
    for (; j + 8 <= taps; j += 8) {
        sums = multiply_add(sums, widen(vld1_u8(in + j)), vld1q_s32(weights + j), vld1q_s32(weights + j + 4));
    }
    *out = finish(vaddvq_s32(sums), in + j, 1, weights + j, taps - j);
}

/// Four sums as levels of 16 bits; negative ones become 0 here, and those above 255 in vqmovn.
inline uint16x4_t to_levels(int32x4_t sums) { return vqmovun_s32(vshrq_n_s32(sums, kWeightBits)); }

/// 16 bytes of the output, from byte x on.
inline void vertical_16(const std::int32_t* weights, const std::uint8_t* const* rows, int taps, std::size_t x,
                        std::uint8_t* out) {
    int32x4_t sums[4] = {vdupq_n_s32(kHalf), vdupq_n_s32(kHalf), vdupq_n_s32(kHalf), vdupq_n_s32(kHalf)};
    for (int j = 0; j < taps; ++j) {
        const uint8x16_t levels = vld1q_u8(rows[j] + x);
        const Eight first = widen(vget_low_u8(levels));
        const Eight second = widen(vget_high_u8(levels));
        sums[0] = vmlaq_n_s32(sums[0], first.left, weights[j]);
        sums[1] = vmlaq_n_s32(sums[1], first.right, weights[j]);
        sums[2] = vmlaq_n_s32(sums[2], second.left, weights[j]);
        sums[3] = vmlaq_n_s32(sums[3], second.right, weights[j]);
    }
    const uint8x8_t left = vqmovn_u16(vcombine_u16(to_levels(sums[0]), to_levels(sums[1])));
    const uint8x8_t right = vqmovn_u16(vcombine_u16(to_levels(sums[2]), to_levels(sums[3])));
    vst1q_u8(out + x, vcombine_u8(left, right));
}

}  // namespace

void horizontal_neon(const Axis& axis, const std::uint8_t* const* rows, int count, int first_pixel, int, int channels,
                     std::uint8_t* const* out) {
    for (int r = 0; r < count; ++r) {
        std::uint8_t* pixel = out[r];
        for (int x = axis.begin(); x < axis.end(); ++x, pixel += channels) {
            const std::uint8_t* const in = rows[r] + static_cast<std::ptrdiff_t>(axis.first(x) - first_pixel) * channels;
            if (channels == 3) {
                rgb_pixel(in, axis.weights(x), axis.taps(x), pixel);
            } else {
                gray_pixel(in, axis.weights(x), axis.taps(x), pixel);
            }
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
