// SPDX-License-Identifier: MIT-0
// Pillow's weights, computed in the order in which Pillow computes them (its src/libImaging/Resample.c, Geometry.c).
// Compile without fused multiply-adds (-ffp-contract=off): one rounding less moves the first tap of a span.
#if defined(__clang__)
#pragma STDC FP_CONTRACT OFF  // for builds that have lost the flag; GCC does not know this pragma
#endif

#include "kernels/weights.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "kernels/image.h"

namespace edgegen {
namespace {

constexpr double kPi = 3.14159265358979323846;

double box(double x) { return x > -0.5 && x <= 0.5 ? 1.0 : 0.0; }

double bilinear(double x) {
    x = std::fabs(x);
    return x < 1.0 ? 1.0 - x : 0.0;
}

double hamming(double x) {
    x = std::fabs(x);
    if (x == 0.0) return 1.0;
    if (x >= 1.0) return 0.0;
    x = x * kPi;
    // Floats: as doubles, 0.54 and 0.46 would give other weights.
    return std::sin(x) / x * (static_cast<double>(0.54f) + static_cast<double>(0.46f) * std::cos(x));
}

double bicubic(double x) {
    constexpr double a = -0.5;
    x = std::fabs(x);
    if (x < 1.0) return ((a + 2.0) * x - (a + 3.0)) * x * x + 1.0;
    if (x < 2.0) return (((x - 5.0) * x + 8.0) * x - 4.0) * a;
    return 0.0;
}

double sinc(double x) {
    if (x == 0.0) return 1.0;
    x = x * kPi;
    return std::sin(x) / x;
}

double lanczos(double x) { return -3.0 <= x && x < 3.0 ? sinc(x) * sinc(x / 3.0) : 0.0; }

/// A filter's curve, and how far from its middle it reaches, in pixels of the smaller picture.
struct Curve {
    double (*at)(double);
    double reach;
};

Curve curve_of(Filter filter) {
    switch (filter) {
        case Filter::kBox: return {box, 0.5};
        case Filter::kBilinear: return {bilinear, 1.0};
        case Filter::kHamming: return {hamming, 1.0};
        case Filter::kBicubic: return {bicubic, 2.0};
        case Filter::kLanczos: return {lanczos, 3.0};
        case Filter::kNearest: break;
    }
    throw std::invalid_argument("edgegen: no weights for this filter; nearest_pixels() does Filter::kNearest");
}

std::int32_t to_fixed_point(double weight) {
    const double scaled = weight * (1 << kWeightBits);
    return static_cast<std::int32_t>(weight < 0.0 ? scaled - 0.5 : scaled + 0.5);  // half away from zero
}

void check_axis(int in_size, int out_size, int begin, int end) {
    const auto is_side = [](int size) { return size >= 1 && size <= kMaxSide; };
    if (!is_side(in_size) || !is_side(out_size)) {
        throw std::invalid_argument("edgegen: a resize from or to a side below 1 or above 2^20 pixels");
    }
    if (begin < 0 || end <= begin || end > out_size) {
        throw std::invalid_argument("edgegen: a resize of pixels outside the picture");
    }
}

/// Input pixels per output pixel. Through float, as Pillow's box is: exact up to 2^24.
double scale_of(int in_size, int out_size) { return static_cast<double>(static_cast<float>(in_size)) / out_size; }

}  // namespace

Axis::Axis(int in_size, int out_size, Filter filter, int begin, int end) : begin_(begin) {
    check_axis(in_size, out_size, begin, end);
    const Curve curve = curve_of(filter);
    const double scale = scale_of(in_size, out_size);
    const double stretch = std::max(scale, 1.0);  // when shrinking, the curve is stretched: that is the antialiasing
    const double support = curve.reach * stretch;
    const double shrink = 1.0 / stretch;
    const auto centre = [scale](int i) { return (i + 0.5) * scale; };

    spans_.reserve(static_cast<std::size_t>(end - begin));
    for (int i = begin; i < end; ++i) {
        const int first = std::max(0, static_cast<int>(centre(i) - support + 0.5));
        const int last = std::min(in_size, static_cast<int>(centre(i) + support + 0.5));
        spans_.push_back({first, last - first});
        max_taps_ = std::max(max_taps_, last - first);
    }
    stride_ = (max_taps_ + 3) / 4 * 4;

    weights_.resize(spans_.size() * static_cast<std::size_t>(stride_), 0);
    std::vector<double> of_one(static_cast<std::size_t>(max_taps_));
    for (int i = begin; i < end; ++i) {
        const std::size_t taps_here = static_cast<std::size_t>(taps(i));
        double sum = 0.0;
        for (std::size_t j = 0; j < taps_here; ++j) {
            of_one[j] = curve.at((static_cast<int>(j) + first(i) - centre(i) + 0.5) * shrink);
            sum += of_one[j];
        }
        for (std::size_t j = 0; j < taps_here; ++j) {
            weights_[offset(i) + j] = to_fixed_point(sum != 0.0 ? of_one[j] / sum : of_one[j]);
        }
    }

    split_weights_.reserve(2 * weights_.size());
    for (std::size_t four = 0; four < weights_.size(); four += 4) {
        for (std::size_t j = four; j < four + 4; ++j) {
            split_weights_.push_back(static_cast<std::int16_t>(weights_[j] >> kLowBits));
        }
        for (std::size_t j = four; j < four + 4; ++j) {
            split_weights_.push_back(static_cast<std::int16_t>(weights_[j] & ((1 << kLowBits) - 1)));
        }
    }
}

std::vector<int> nearest_pixels(int in_size, int out_size, int begin, int end) {
    check_axis(in_size, out_size, begin, end);
    const double scale = scale_of(in_size, out_size);
    std::vector<int> pixels;
    pixels.reserve(static_cast<std::size_t>(end - begin));
    // A running sum, from the first pixel on, whatever `begin` is: (i + 0.5) * scale rounds to other pixels.
    double x = scale * 0.5;
    for (int i = 0; i < end; ++i, x += scale) {
        if (i >= begin) pixels.push_back(std::min(static_cast<int>(x), in_size - 1));
    }
    return pixels;
}

}  // namespace edgegen
