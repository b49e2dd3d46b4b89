// SPDX-License-Identifier: MIT-0
// From a model's class scores to named predictions.
#pragma once

#include <string>
#include <vector>

#include "{{ cookiecutter.slug }}/model.h"

namespace {{ cookiecutter.namespace }} {

/// One class: its index in the model's output, its name, and how probable the model finds it (0 to 1).
struct Prediction {
    int index = 0;
    std::string label;
    float probability = 0;
};

/// Turns the scores of all classes into probabilities, in place.
using Activation = void (*)(std::vector<float>& scores);

/// exp(x) / sum of exp: the classes exclude one another. The largest score is subtracted first, so nothing overflows.
void softmax(std::vector<float>& scores);
/// 1 / (1 + exp(-x)): each class on its own.
void sigmoid(std::vector<float>& scores);
/// The model's own output is taken as it is.
void unchanged(std::vector<float>& scores);

/// The `top` best classes of a score tensor, the best first; of equal ones the lower index first.
std::vector<Prediction> top_predictions(const Tensor& scores, Activation activation,
                                        const std::vector<std::string>& labels, int top);

}  // namespace {{ cookiecutter.namespace }}
