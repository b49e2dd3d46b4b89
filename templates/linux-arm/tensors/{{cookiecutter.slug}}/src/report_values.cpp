// SPDX-License-Identifier: MIT-0
#include "report_values.h"

#include <algorithm>
#include <cstdio>
#include <variant>

#include "values.h"

namespace {{ cookiecutter.namespace }} {

void write_tensor(edgegen::JsonWriter& json, const Tensor& tensor) {
    json.key("shape").begin_array();
    for (const std::int64_t side : tensor.shape) json.value(side);
    json.end_array().key("values").begin_array();
    const auto count = static_cast<std::size_t>(tensor.count());
    for (std::size_t i = 0; i < count; ++i) {
        std::visit([&json](auto value) { json.value(value); }, value_at(tensor, i));
    }
    json.end_array();
}

void write_milliseconds(edgegen::JsonWriter& json, const Milliseconds& milliseconds) {
    json.begin_object();
    json.key("decode").value(milliseconds.decode).key("preprocess").value(milliseconds.preprocess);
    json.key("forward").value(milliseconds.forward).key("postprocess").value(milliseconds.postprocess);
    json.end_object();
}

void print_tensor(const std::string& name, const Tensor& tensor) {
    constexpr std::size_t kShown = 8;
    const auto count = static_cast<std::size_t>(tensor.count());
    std::printf("%s %s:", name.c_str(), describe(tensor.dtype, tensor.shape).c_str());
    for (std::size_t i = 0; i < std::min(count, kShown); ++i) std::printf(" %.6g", number_at(tensor, i));
    std::printf(count > kShown ? " ...\n" : "\n");
}

void print_milliseconds(const Milliseconds& milliseconds) {
    std::printf("decode %.2f ms, preprocess %.2f ms, forward %.2f ms, postprocess %.2f ms\n", milliseconds.decode,
                milliseconds.preprocess, milliseconds.forward, milliseconds.postprocess);
    std::fflush(stdout);
}

}  // namespace {{ cookiecutter.namespace }}
