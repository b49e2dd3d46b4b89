// SPDX-License-Identifier: MIT-0
// What the files resize_*.cpp share: the definition of one sample, and the names that resize.cpp chooses from.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/resize.h"

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#define EDGEGEN_HAS_AVX2 1  // compiled in; resize.cpp asks the CPU
#endif
#if defined(__aarch64__) || defined(_M_ARM64)
#define EDGEGEN_HAS_NEON 1  // part of every 64-bit ARM
#endif

// For short loops over registers. GCC at -O2 keeps them as loops over memory, at half the speed.
#if defined(__clang__)
#define EDGEGEN_UNROLL _Pragma("unroll")
#else
#define EDGEGEN_UNROLL _Pragma("GCC unroll 4")
#endif

namespace edgegen {

/// A sum of level x weight as a level: the rounding half is in it already.
inline std::uint8_t to_level(std::int32_t sum) {
    const std::int32_t level = sum >> kWeightBits;  // arithmetic: -0.5 becomes -1, and 0 by the clamp
    return static_cast<std::uint8_t>(level < 0 ? 0 : level > 255 ? 255 : level);
}

/// Output pixel x of a horizontal pass. Faster paths end with it where a whole vector would reach past the row.
inline void horizontal_pixel(const Axis& axis, int x, const std::uint8_t* row, int first_pixel, int channels,
                             std::uint8_t* out) {
    const std::uint8_t* const in = row + static_cast<std::ptrdiff_t>(axis.first(x) - first_pixel) * channels;
    const std::int32_t* const weights = axis.weights(x);
    for (int c = 0; c < channels; ++c) {
        std::int32_t sum = kHalf;
        for (int j = 0; j < axis.taps(x); ++j) sum += weights[j] * in[j * channels + c];
        out[c] = to_level(sum);
    }
}

/// Bytes begin to end of a row of a vertical pass.
inline void vertical_bytes(const std::int32_t* weights, const std::uint8_t* const* rows, int taps, std::size_t begin,
                           std::size_t end, std::uint8_t* out) {
    for (std::size_t x = begin; x < end; ++x) {
        std::int32_t sum = kHalf;
        for (int j = 0; j < taps; ++j) sum += weights[j] * rows[j][x];
        out[x] = to_level(sum);
    }
}

/// The rows of a horizontal pass for a path that always takes four: where there are fewer, the last one is computed,
/// and written, again.
struct FourRows {
    const std::uint8_t* in[kRowsAtOnce];
    std::uint8_t* out[kRowsAtOnce];

    FourRows(const std::uint8_t* const* rows, std::uint8_t* const* out_rows, int count) {
        static_assert(kRowsAtOnce == 4, "the vector paths are written for four rows");
        for (int r = 0; r < kRowsAtOnce; ++r) {
            in[r] = rows[r < count ? r : count - 1];
            out[r] = out_rows[r < count ? r : count - 1];
        }
    }
};

void horizontal_scalar(const Axis& axis, const std::uint8_t* const* rows, int count, int first_pixel, int in_width,
                       int channels, std::uint8_t* const* out);
void vertical_scalar(const std::int32_t* weights, const std::uint8_t* const* rows, int taps, std::size_t bytes,
                     std::uint8_t* out);

#ifdef EDGEGEN_HAS_AVX2
void horizontal_avx2(const Axis& axis, const std::uint8_t* const* rows, int count, int first_pixel, int in_width,
                     int channels, std::uint8_t* const* out);
void vertical_avx2(const std::int32_t* weights, const std::uint8_t* const* rows, int taps, std::size_t bytes,
                   std::uint8_t* out);
#endif

#ifdef EDGEGEN_HAS_NEON
void horizontal_neon(const Axis& axis, const std::uint8_t* const* rows, int count, int first_pixel, int in_width,
                     int channels, std::uint8_t* const* out);
void vertical_neon(const std::int32_t* weights, const std::uint8_t* const* rows, int taps, std::size_t bytes,
                   std::uint8_t* out);
#endif

}  // namespace edgegen
