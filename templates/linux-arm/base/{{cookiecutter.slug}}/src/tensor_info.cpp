// SPDX-License-Identifier: MIT-0
#include "{{ cookiecutter.slug }}/model.h"

namespace {{ cookiecutter.namespace }} {

Tensor zeros(const TensorInfo& info) {
    Tensor tensor;
    tensor.dtype = info.dtype;
    tensor.shape = info.shape;
    tensor.bytes.resize(static_cast<std::size_t>(tensor.count()) * tensor.item_bytes());
    return tensor;
}

std::string describe(const std::string& dtype, const std::vector<std::int64_t>& shape) {
    std::string text;
    for (const std::int64_t side : shape) text += (text.empty() ? "" : "x") + std::to_string(side);
    return (text.empty() ? "scalar" : text) + " " + dtype;
}

}  // namespace {{ cookiecutter.namespace }}
