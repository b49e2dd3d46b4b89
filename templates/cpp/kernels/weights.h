// SPDX-License-Identifier: MIT-0
// Which pixels of one axis an output pixel is made of, and how much of each: Pillow's fixed-point weights.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace edgegen {

enum class Filter { kNearest, kBox, kBilinear, kHamming, kBicubic, kLanczos };

/// Weights are multiplied by 2^22, and a sum of level x weight starts at one half.
inline constexpr int kWeightBits = 22;
inline constexpr std::int32_t kHalf = 1 << (kWeightBits - 1);

/// The weights of output pixels `begin` to `end` (exclusive) of one axis that goes from `in_size` to `out_size` pixels.
/// Only these are computed: a crop after the resize needs no others.
class Axis {
public:
    /// `filter` is not kNearest. Sizes 1 to kMaxSide, 0 <= begin < end <= out_size; else std::invalid_argument.
    Axis(int in_size, int out_size, Filter filter, int begin, int end);

    int begin() const { return begin_; }
    int end() const { return begin_ + count(); }
    int count() const { return static_cast<int>(spans_.size()); }

    /// Output pixel i (begin <= i < end) is made of input pixels first(i) to last(i), exclusive; both never decrease.
    int first(int i) const { return span(i).first; }
    int last(int i) const { return span(i).first + span(i).taps; }
    int taps(int i) const { return span(i).taps; }
    int max_taps() const { return max_taps_; }

    /// Weights kept for each output pixel: max_taps(), rounded up to a multiple of four.
    int stride() const { return stride_; }

    /// The weights of output pixel i, times 2^22: taps(i) of them, then zeros up to stride(). No sum of 255 x weight,
    /// taken in any order, leaves int32.
    const std::int32_t* weights(int i) const { return weights_.data() + offset(i); }

    /// The same weights for CPUs that multiply 16 bits faster than 32: weight = 2^11 * high + low, low from 0 to 2047.
    /// For each four taps come four highs, then four lows.
    const std::int16_t* split_weights(int i) const { return split_weights_.data() + 2 * offset(i); }

private:
    struct Span {
        int first;
        int taps;
    };
    const Span& span(int i) const { return spans_[static_cast<std::size_t>(i - begin_)]; }
    std::size_t offset(int i) const { return static_cast<std::size_t>(i - begin_) * static_cast<std::size_t>(stride_); }

    int begin_;
    int max_taps_ = 0;
    int stride_ = 0;
    std::vector<Span> spans_;
    std::vector<std::int32_t> weights_;
    std::vector<std::int16_t> split_weights_;
};

/// The low bits of a weight that is split in two; see Axis::split_weights.
inline constexpr int kLowBits = 11;

/// The input pixel under each of the output pixels begin to end of one axis, with Filter::kNearest.
std::vector<int> nearest_pixels(int in_size, int out_size, int begin, int end);

}  // namespace edgegen
