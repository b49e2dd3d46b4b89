// SPDX-License-Identifier: MIT-0
// Generated from edgegen.toml; "edgegen export" rewrites this file.
#include "generated/model_spec.h"

namespace {{ cookiecutter.namespace }} {

const std::vector<TensorInfo>& model_inputs() {
    static const std::vector<TensorInfo> infos = {
{{ cookiecutter.input_infos }}
    };
    return infos;
}

const std::vector<TensorInfo>& model_outputs() {
    static const std::vector<TensorInfo> infos = {
{{ cookiecutter.output_infos }}
    };
    return infos;
}
{{ cookiecutter.levels_definitions }}
}  // namespace {{ cookiecutter.namespace }}
