// SPDX-License-Identifier: MIT-0
// The numbers inside a tensor, whatever their dtype.
#pragma once

#include <cstddef>
#include <cstdint>
#include <variant>

#include "{{ cookiecutter.slug }}/model.h"

namespace {{ cookiecutter.namespace }} {

/// One number; every integer fits into std::int64_t, float16 into float.
using Value = std::variant<bool, std::int64_t, float, double>;

/// Number `index` (in C order, below tensor.count()) of a tensor.
Value value_at(const Tensor& tensor, std::size_t index);

/// The same as a double, for comparing and ranking; bool is 0 or 1.
double number_at(const Tensor& tensor, std::size_t index);

}  // namespace {{ cookiecutter.namespace }}
