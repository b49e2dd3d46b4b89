// SPDX-License-Identifier: MIT-0
// Generated from edgegen.toml; "edgegen export" rewrites this file.
// What the model sees: from the pixels of an upright RGB photo to the tensor.
#pragma once

#include <functional>
#include <string>

#include "kernels/picture.h"
#include "{{ cookiecutter.slug }}/model.h"

namespace {{ cookiecutter.namespace }} {

/// Sees every stage on the way, by the name it has in generated/goldens. For tests; an empty one costs nothing.
using StageObserver = std::function<void(const char* stage, const edgegen::Picture& picture)>;

{{ cookiecutter.pipeline_declarations }}

/// The function above that fills the input of that name, or null when the input is no picture.
using Fill = void (*)(const edgegen::ImageView& photo, Tensor& tensor, const StageObserver& observe);
Fill fill_of(const std::string& input);

}  // namespace {{ cookiecutter.namespace }}
