// SPDX-License-Identifier: MIT-0
// The passes of resize_scalar.cpp, eight products to an instruction, for x86-64 with AVX2.
//
// A weight has up to 24 bits and pmaddwd multiplies 16, so a weight is split: weight = 2^11 * high + low. Both halves
// are summed on their own and put together at the end. Integer sums wrap around without loss, so whatever the order of
// the additions, the total is the scalar path's total.
//
// Each function carries its own target attribute. With -mavx2 for the whole file, a template that is also used
// elsewhere could be compiled here, be picked by the linker, and crash on a CPU without AVX2.
#include "kernels/resize_paths.h"

#ifdef EDGEGEN_HAS_AVX2

#include <immintrin.h>

#include <cstring>

#define EDGEGEN_AVX2 __attribute__((target("avx2")))

namespace edgegen {
namespace {

constexpr std::ptrdiff_t kLoadBytes = 16;

EDGEGEN_AVX2 inline __m256i load_256(const void* from) { return _mm256_loadu_si256(static_cast<const __m256i*>(from)); }
EDGEGEN_AVX2 inline __m128i load_128(const void* from) { return _mm_loadu_si128(static_cast<const __m128i*>(from)); }

EDGEGEN_AVX2 inline __m256i four_weights(const std::int16_t* weights) {
    long long bits;
    std::memcpy(&bits, weights, sizeof bits);
    return _mm256_set1_epi64x(bits);
}

/// 2^11 * high + low, in each lane of 32 bits.
EDGEGEN_AVX2 inline __m256i join(__m256i high, __m256i low) {
    return _mm256_add_epi32(_mm256_slli_epi32(high, kLowBits), low);
}

/// The same output pixel of four RGB rows. For each row and each four of its pixels:
///
///     16 bytes in both halves    R0 G0 B0 R1 G1 B1 R2 G2 B2 R3 G3 B3 . . . .
///     shuffled, 16 bits each     R0 R1 R2 R3 G0 G1 G2 G3  |  B0 B1 B2 B3 0 0 0 0
///     weights                    k0 k1 k2 k3 k0 k1 k2 k3  |  k0 k1 k2 k3 . . . .
///
/// Returns R G B 0 of each row, as bytes.
EDGEGEN_AVX2 inline __m128i rgb_pixels(const std::uint8_t* const (&rows)[4], std::ptrdiff_t start,
                                       const std::int16_t* weights, int taps) {
    const __m256i order = _mm256_setr_epi8(0, -1, 3, -1, 6, -1, 9, -1, 1, -1, 4, -1, 7, -1, 10, -1,  //
                                           2, -1, 5, -1, 8, -1, 11, -1, -1, -1, -1, -1, -1, -1, -1, -1);
    __m256i high[4] = {};
    __m256i low[4] = {};
    for (int j = 0; j < taps; j += 4, start += 12, weights += 8) {
        const __m256i highs = four_weights(weights);
        const __m256i lows = four_weights(weights + 4);
        EDGEGEN_UNROLL
        for (int r = 0; r < 4; ++r) {
            const __m256i levels = _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(load_128(rows[r] + start)), order);
            high[r] = _mm256_add_epi32(high[r], _mm256_madd_epi16(levels, highs));
            low[r] = _mm256_add_epi32(low[r], _mm256_madd_epi16(levels, lows));
        }
    }
    const __m256i half = _mm256_set1_epi32(kHalf);
    __m256i levels[2];
    EDGEGEN_UNROLL
    for (int two = 0; two < 2; ++two) {
        const __m256i pairs_0 = join(high[2 * two], low[2 * two]);  // R R G G | B B 0 0
        const __m256i pairs_1 = join(high[2 * two + 1], low[2 * two + 1]);
        const __m256i sums = _mm256_hadd_epi32(pairs_0, pairs_1);  // R G R G | B 0 B 0, of two rows
        levels[two] = _mm256_srai_epi32(_mm256_add_epi32(sums, half), kWeightBits);
    }
    const __m256i words = _mm256_packs_epi32(levels[0], levels[1]);  // R G of four rows | B 0 of four rows
    const __m256i bytes = _mm256_packus_epi16(words, words);
    return _mm_unpacklo_epi16(_mm256_castsi256_si128(bytes), _mm256_extracti128_si256(bytes, 1));
}

/// Writes R G B of each row. `room` is the number of bytes that may be written, at least 3.
EDGEGEN_AVX2 inline void store_rgb(__m128i pixels, std::uint8_t* const (&out)[4], std::ptrdiff_t at,
                                   std::ptrdiff_t room) {
    const std::int32_t of_row[4] = {_mm_cvtsi128_si32(pixels), _mm_extract_epi32(pixels, 1),
                                    _mm_extract_epi32(pixels, 2), _mm_extract_epi32(pixels, 3)};
    // Four bytes are one store; the fourth belongs to the next pixel, which is written next.
    EDGEGEN_UNROLL
    for (int r = 0; r < 4; ++r) std::memcpy(out[r] + at, &of_row[r], room >= 4 ? 4 : 3);
}

/// A gray pixel of the output. The four levels stand beside the highs and, again, beside the lows.
EDGEGEN_AVX2 inline void gray_pixel(const std::uint8_t* in, const std::int16_t* weights, int taps, std::uint8_t* out) {
    const __m128i order = _mm_setr_epi8(0, -1, 1, -1, 2, -1, 3, -1, 0, -1, 1, -1, 2, -1, 3, -1);
    __m128i sums = _mm_setzero_si128();  // high high low low
    for (int j = 0; j < taps; j += 4, in += 4, weights += 8) {
        std::int32_t four;
        std::memcpy(&four, in, sizeof four);
        const __m128i levels = _mm_shuffle_epi8(_mm_cvtsi32_si128(four), order);
        sums = _mm_add_epi32(sums, _mm_madd_epi16(levels, load_128(weights)));
    }
    sums = _mm_hadd_epi32(sums, sums);  // high low high low
    const std::uint32_t high = static_cast<std::uint32_t>(_mm_cvtsi128_si32(sums));
    const std::uint32_t low = static_cast<std::uint32_t>(_mm_extract_epi32(sums, 1));
    *out = to_level(static_cast<std::int32_t>((high << kLowBits) + low + static_cast<std::uint32_t>(kHalf)));
}

/// 32 levels of two rows, each level of the first beside its neighbour below, as four vectors of 16 bits.
struct RowPairs {
    __m256i part[4];
};

EDGEGEN_AVX2 inline RowPairs row_pairs(__m256i upper, __m256i lower) {
    const __m256i zero = _mm256_setzero_si256();
    const __m256i left = _mm256_unpacklo_epi8(upper, lower);   // bytes 0-7 and 16-23
    const __m256i right = _mm256_unpackhi_epi8(upper, lower);  // bytes 8-15 and 24-31
    return {{_mm256_unpacklo_epi8(left, zero), _mm256_unpackhi_epi8(left, zero), _mm256_unpacklo_epi8(right, zero),
             _mm256_unpackhi_epi8(right, zero)}};
}

EDGEGEN_AVX2 inline __m256i two_weights(std::int32_t upper, std::int32_t lower) {
    return _mm256_set1_epi32(static_cast<std::int32_t>(static_cast<std::uint32_t>(upper & 0xFFFF) |
                                                       (static_cast<std::uint32_t>(lower) << 16)));
}

/// 32 bytes of the output, from byte x on.
EDGEGEN_AVX2 inline void vertical_32(const std::int32_t* weights, const std::uint8_t* const* rows, int taps,
                                     std::size_t x, std::uint8_t* out) {
    constexpr std::int32_t low_mask = (1 << kLowBits) - 1;
    __m256i high[4] = {};
    __m256i low[4] = {};
    for (int j = 0; j < taps; j += 2) {
        const bool alone = j + 1 == taps;  // the last of an odd number of rows is paired with itself, times 0
        const std::int32_t upper = weights[j];
        const std::int32_t lower = alone ? 0 : weights[j + 1];
        const RowPairs pairs = row_pairs(load_256(rows[j] + x), load_256(rows[alone ? j : j + 1] + x));
        const __m256i highs = two_weights(upper >> kLowBits, lower >> kLowBits);
        const __m256i lows = two_weights(upper & low_mask, lower & low_mask);
        EDGEGEN_UNROLL
        for (int part = 0; part < 4; ++part) {
            high[part] = _mm256_add_epi32(high[part], _mm256_madd_epi16(pairs.part[part], highs));
            low[part] = _mm256_add_epi32(low[part], _mm256_madd_epi16(pairs.part[part], lows));
        }
    }
    const __m256i half = _mm256_set1_epi32(kHalf);
    __m256i levels[4];
    EDGEGEN_UNROLL
    for (int part = 0; part < 4; ++part) {
        levels[part] = _mm256_srai_epi32(_mm256_add_epi32(join(high[part], low[part]), half), kWeightBits);
    }
    // The packs work within halves, as the unpacks did: the bytes come back in order.
    const __m256i left = _mm256_packs_epi32(levels[0], levels[1]);
    const __m256i right = _mm256_packs_epi32(levels[2], levels[3]);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + x), _mm256_packus_epi16(left, right));
}

}  // namespace

EDGEGEN_AVX2 void horizontal_avx2(const Axis& axis, const std::uint8_t* const* rows, int count, int first_pixel,
                                  int in_width, int channels, std::uint8_t* const* out) {
    const FourRows four(rows, out, count);
    const std::ptrdiff_t in_bytes = static_cast<std::ptrdiff_t>(in_width) * channels;
    const std::ptrdiff_t out_bytes = static_cast<std::ptrdiff_t>(axis.count()) * channels;
    const int taps = axis.stride();
    std::ptrdiff_t at = 0;
    for (int x = axis.begin(); x < axis.end(); ++x, at += channels) {
        const std::ptrdiff_t start = static_cast<std::ptrdiff_t>(axis.first(x) - first_pixel) * channels;
        const std::ptrdiff_t end = start + static_cast<std::ptrdiff_t>(taps) * channels;
        if (channels == 3 && end - 12 + kLoadBytes <= in_bytes) {  // the last load has four bytes too many
            store_rgb(rgb_pixels(four.in, start, axis.split_weights(x), taps), four.out, at, out_bytes - at);
        } else if (channels == 1 && end <= in_bytes) {
            for (int r = 0; r < count; ++r) gray_pixel(rows[r] + start, axis.split_weights(x), taps, out[r] + at);
        } else {
            for (int r = 0; r < count; ++r) horizontal_pixel(axis, x, rows[r], first_pixel, channels, out[r] + at);
        }
    }
}

EDGEGEN_AVX2 void vertical_avx2(const std::int32_t* weights, const std::uint8_t* const* rows, int taps,
                                std::size_t bytes, std::uint8_t* out) {
    std::size_t x = 0;
    for (; x + 32 <= bytes; x += 32) vertical_32(weights, rows, taps, x, out);
    vertical_bytes(weights, rows, taps, x, bytes, out);
}

}  // namespace edgegen

#endif  // EDGEGEN_HAS_AVX2
