// SPDX-License-Identifier: MIT-0
#include "median.h"

#include <algorithm>

namespace {{ cookiecutter.namespace }} {
namespace {

double median_of(const std::vector<Milliseconds>& runs, double Milliseconds::*stage) {
    std::vector<double> values;
    for (const Milliseconds& run : runs) values.push_back(run.*stage);
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    if (values.size() % 2 == 1) return *middle;
    return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

}  // namespace

Milliseconds median(const std::vector<Milliseconds>& runs) {
    return {median_of(runs, &Milliseconds::decode), median_of(runs, &Milliseconds::preprocess),
            median_of(runs, &Milliseconds::forward), median_of(runs, &Milliseconds::postprocess)};
}

}  // namespace {{ cookiecutter.namespace }}
