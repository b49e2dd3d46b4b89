// SPDX-License-Identifier: MIT-0
// Tensors and times as text and as JSON.
#pragma once

#include "io/json.h"
#include "report.h"

namespace {{ cookiecutter.namespace }} {

/// "shape": […], "values": […] in C order, inside an object that is open.
void write_tensor(edgegen::JsonWriter& json, const Tensor& tensor);

/// An object with the four stages.
void write_milliseconds(edgegen::JsonWriter& json, const Milliseconds& milliseconds);

/// A line with the name, the shape and the first values.
void print_tensor(const std::string& name, const Tensor& tensor);

/// A line with the four stages.
void print_milliseconds(const Milliseconds& milliseconds);

}  // namespace {{ cookiecutter.namespace }}
