// SPDX-License-Identifier: MIT-0
// Generated from edgegen.toml and the labels; "edgegen export" rewrites this file.
#include "generated/labels.h"

namespace {{ cookiecutter.namespace }} {
namespace {

{{ cookiecutter.labels_definitions }}

}  // namespace

const std::vector<ScoreOutput>& score_outputs() {
    static const std::vector<ScoreOutput> outputs = {
{{ cookiecutter.score_outputs }}
    };
    return outputs;
}

}  // namespace {{ cookiecutter.namespace }}
