// SPDX-License-Identifier: MIT-0
#include "{{ cookiecutter.slug }}/scores.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "values.h"

namespace {{ cookiecutter.namespace }} {

void softmax(std::vector<float>& scores) {
    if (scores.empty()) return;
    const float largest = *std::max_element(scores.begin(), scores.end());
    double sum = 0;
    for (float& score : scores) {
        score = std::exp(score - largest);
        sum += static_cast<double>(score);
    }
    for (float& score : scores) score = static_cast<float>(static_cast<double>(score) / sum);
}

void sigmoid(std::vector<float>& scores) {
    for (float& score : scores) {
        // exp of a negative number only: exp(1000) would be infinite.
        const float small = std::exp(-std::abs(score));
        score = score >= 0 ? 1 / (1 + small) : small / (1 + small);
    }
}

void unchanged(std::vector<float>&) {}

std::vector<Prediction> top_predictions(const Tensor& scores, Activation activation,
                                        const std::vector<std::string>& labels, int top) {
    std::vector<float> values(static_cast<std::size_t>(scores.count()));
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>(number_at(scores, i));

    // By the scores themselves: two that differ can become one probability.
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto count = std::min(static_cast<std::size_t>(std::max(top, 0)), order.size());
    const auto better = [&values](std::size_t a, std::size_t b) {
        // A NaN compares with nothing; it comes last, so that the order stays an order.
        if (std::isnan(values[a]) || std::isnan(values[b])) {
            return std::isnan(values[a]) == std::isnan(values[b]) ? a < b : std::isnan(values[b]);
        }
        return values[a] != values[b] ? values[a] > values[b] : a < b;
    };
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count), order.end(), better);

    activation(values);
    std::vector<Prediction> predictions;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t index = order[i];
        predictions.push_back({static_cast<int>(index), labels.at(index), values[index]});
    }
    return predictions;
}

}  // namespace {{ cookiecutter.namespace }}
