// SPDX-License-Identifier: MIT-0
#include "values.h"

#include <cmath>
#include <cstring>
#include <stdexcept>

namespace {{ cookiecutter.namespace }} {
namespace {

template <class T>
T load(const Tensor& tensor, std::size_t index) {
    T value;
    std::memcpy(&value, tensor.bytes.data() + index * sizeof(T), sizeof(T));
    return value;
}

// IEEE 754 binary16: 1 bit of sign, 5 of exponent, 10 of fraction.
float from_half(std::uint16_t bits) {
    const int exponent = (bits >> 10) & 31;
    const int fraction = bits & 1023;
    float magnitude = 0;
    if (exponent == 31) {
        magnitude = fraction != 0 ? NAN : INFINITY;
    } else if (exponent == 0) {
        magnitude = std::ldexp(static_cast<float>(fraction), -24);
    } else {
        magnitude = std::ldexp(static_cast<float>(fraction + 1024), exponent - 25);
    }
    return (bits & 0x8000) != 0 ? -magnitude : magnitude;
}

}  // namespace

Value value_at(const Tensor& tensor, std::size_t index) {
    const std::string& dtype = tensor.dtype;
    if (dtype == "float32") return load<float>(tensor, index);
    if (dtype == "float64") return load<double>(tensor, index);
    if (dtype == "float16") return from_half(load<std::uint16_t>(tensor, index));
    if (dtype == "bool") return load<std::uint8_t>(tensor, index) != 0;
    if (dtype == "uint8") return std::int64_t{load<std::uint8_t>(tensor, index)};
    if (dtype == "int8") return std::int64_t{load<std::int8_t>(tensor, index)};
    if (dtype == "int16") return std::int64_t{load<std::int16_t>(tensor, index)};
    if (dtype == "int32") return std::int64_t{load<std::int32_t>(tensor, index)};
    if (dtype == "int64") return load<std::int64_t>(tensor, index);
    throw std::invalid_argument("no number of dtype " + dtype + " can be read");
}

double number_at(const Tensor& tensor, std::size_t index) {
    return std::visit([](auto value) { return static_cast<double>(value); }, value_at(tensor, index));
}

}  // namespace {{ cookiecutter.namespace }}
