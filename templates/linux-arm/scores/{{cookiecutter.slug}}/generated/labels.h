// SPDX-License-Identifier: MIT-0
// Generated from edgegen.toml and the labels; "edgegen export" rewrites this file.
#pragma once

#include <string>
#include <vector>

#include "{{ cookiecutter.slug }}/scores.h"

namespace {{ cookiecutter.namespace }} {

/// How the scores of an output become probabilities, and the names of its classes.
struct ScoreOutput {
    std::size_t output;  ///< index into model_outputs()
    Activation activation;
    const std::vector<std::string>& labels;
};

/// The outputs that are class scores, in the model's order.
const std::vector<ScoreOutput>& score_outputs();

}  // namespace {{ cookiecutter.namespace }}
