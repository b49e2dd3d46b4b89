// SPDX-License-Identifier: MIT-0
#include "golden.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>

#include "check.h"
#include "values.h"

namespace {{ cookiecutter.namespace }} {
namespace {

std::string position(const std::vector<std::int64_t>& shape, std::size_t index) {
    std::string text;
    for (std::size_t axis = shape.size(); axis > 0; --axis) {
        const auto side = static_cast<std::size_t>(shape[axis - 1]);
        text = std::to_string(index % side) + (text.empty() ? "" : ", ") + text;
        index /= side;
    }
    return "[" + text + "]";
}

// "0.59375 (0x3f180000)"
std::string show(const Tensor& tensor, std::size_t index) {
    char text[64];
    std::snprintf(text, sizeof text, "%.9g (0x", number_at(tensor, index));
    std::string shown = text;
    const std::size_t bytes = tensor.item_bytes();
    for (std::size_t i = bytes; i > 0; --i) {
        std::snprintf(text, sizeof text, "%02x", static_cast<unsigned>(tensor.bytes[index * bytes + i - 1]));
        shown += text;
    }
    return shown + ")";
}

void check_kind(const std::string& where, const Tensor& expected, const Tensor& actual) {
    check(expected.dtype == actual.dtype && expected.shape == actual.shape,
          where + ": expected " + describe(expected.dtype, expected.shape) + ", got " +
              describe(actual.dtype, actual.shape));
}

std::string difference(const std::string& where, const Tensor& expected, const Tensor& actual, std::size_t index) {
    return where + ": differs at " + position(expected.shape, index) + " of " +
           describe(expected.dtype, expected.shape) + ": expected " + show(expected, index) + ", got " +
           show(actual, index);
}

}  // namespace

std::string golden_path(const std::string& file) {
    return std::string(GOLDENS_FOLDER) + "/" + file;
}

void check_same(const std::string& where, const Tensor& expected, const Tensor& actual) {
    check_kind(where, expected, actual);
    if (expected.bytes == actual.bytes) return;
    const std::size_t bytes = expected.item_bytes();
    const auto count = static_cast<std::size_t>(expected.count());
    std::size_t first = count;
    std::size_t differing = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (std::memcmp(&expected.bytes[i * bytes], &actual.bytes[i * bytes], bytes) == 0) continue;
        first = std::min(first, i);
        ++differing;
    }
    throw Failure(difference(where, expected, actual, first) + "; " + std::to_string(differing) + " of " +
                  std::to_string(count) + " values differ");
}

void check_close(const std::string& where, const Tensor& expected, const Tensor& actual, double tolerance) {
    if (expected.dtype.compare(0, 5, "float") != 0) {
        check_same(where, expected, actual);
        return;
    }
    check_kind(where, expected, actual);
    const auto count = static_cast<std::size_t>(expected.count());
    double largest = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const double value = number_at(expected, i);
        if (std::isfinite(value)) largest = std::max(largest, std::abs(value));
    }
    for (std::size_t i = 0; i < count; ++i) {
        const double a = number_at(expected, i);
        const double b = number_at(actual, i);
        const bool same = a == b || (std::isnan(a) && std::isnan(b)) || std::abs(a - b) <= tolerance * largest;
        check(same, difference(where, expected, actual, i) + ", allowed is " + std::to_string(tolerance * largest));
    }
}

}  // namespace {{ cookiecutter.namespace }}
