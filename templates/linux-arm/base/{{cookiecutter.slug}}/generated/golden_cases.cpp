// SPDX-License-Identifier: MIT-0
// Generated from edgegen.toml; "edgegen export" rewrites this file.
// The list of what lies in generated/goldens.
#include "tests/golden.h"

namespace {{ cookiecutter.namespace }} {

{{ cookiecutter.tolerance_comment }}
const double kOutputTolerance = {{ cookiecutter.output_tolerance }};
const double kProbabilityTolerance = {{ cookiecutter.probability_tolerance }};

const std::vector<GoldenCase>& golden_cases() {
    static const std::vector<GoldenCase> cases = {
{{ cookiecutter.golden_cases }}
    };
    return cases;
}

}  // namespace {{ cookiecutter.namespace }}
