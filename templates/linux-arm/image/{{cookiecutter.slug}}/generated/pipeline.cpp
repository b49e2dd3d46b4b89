// SPDX-License-Identifier: MIT-0
// Generated from edgegen.toml; "edgegen export" rewrites this file.
#include "generated/pipeline.h"

#include <stdexcept>

#include "generated/model_spec.h"
#include "kernels/to_tensor.h"

namespace {{ cookiecutter.namespace }} {
namespace {

using edgegen::ChannelOrder;
using edgegen::Color;
using edgegen::Filter;
using edgegen::ImageView;
using edgegen::PassOrder;
using edgegen::Picture;

Picture seen(const StageObserver& observe, const char* stage, Picture picture) {
    if (observe) observe(stage, picture);
    return picture;
}

// Where the steps leave a side to the photo's shape, not every photo ends at the size of the tensor.
void require_size(const Picture& picture, int height, int width) {
    if (picture.height() == height && picture.width() == width) return;
    throw std::invalid_argument("the photo becomes " + std::to_string(picture.width()) + " x " +
                                std::to_string(picture.height()) + " pixels, the model needs " +
                                std::to_string(width) + " x " + std::to_string(height));
}

}  // namespace

{{ cookiecutter.pipeline_definitions }}

Fill fill_of(const std::string& input) {
{{ cookiecutter.pipeline_table }}
    return nullptr;
}

}  // namespace {{ cookiecutter.namespace }}
