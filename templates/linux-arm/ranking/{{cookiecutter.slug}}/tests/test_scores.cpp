// SPDX-License-Identifier: MIT-0
// Class scores become the predictions that Python found.
#include <cmath>

#include "check.h"
#include "generated/labels.h"
#include "golden.h"
#include "io/npy.h"

namespace {{ cookiecutter.namespace }} {
namespace {

void labels() {
    Model model(MODEL_FILE);
    const ScoreOutput& scores = score_outputs().front();
    int compared = 0;
    for (const GoldenCase& golden : golden_cases()) {
        if (golden.prediction.empty()) continue;
        std::vector<Tensor> inputs;
        for (const GoldenInput& input : golden.inputs) {
            inputs.push_back(edgegen::read_npy(golden_path(input.stages.back().file)));
        }
        const int top = static_cast<int>(golden.prediction.size());
        const Tensor output = model.run(inputs).at(scores.output);
        const std::vector<Prediction> found = top_predictions(output, scores.activation, scores.labels, top);
        check(found.size() == golden.prediction.size(), golden.name + ": the number of classes differs");
        for (std::size_t i = 0; i < found.size(); ++i) {
            const GoldenClass& expected = golden.prediction[i];
            check(found[i].index == expected.index && found[i].label == expected.label,
                  golden.name + ": number " + std::to_string(i + 1) + " is " + found[i].label + ", expected " +
                      expected.label);
            check(std::abs(static_cast<double>(found[i].probability) - expected.probability) <= kProbabilityTolerance,
                  golden.name + ": " + expected.label + " has probability " + std::to_string(found[i].probability) +
                      ", expected " + std::to_string(expected.probability));
        }
        ++compared;
    }
    check(compared > 0, "there is no golden prediction");
}

}  // namespace
}  // namespace {{ cookiecutter.namespace }}

int main(int argc, char** argv) {
    using namespace {{ cookiecutter.namespace }};
    const std::vector<std::pair<std::string, std::function<void()>>> tests = {
        {"labels", labels},
    };
    return run_test(argc, argv, tests);
}
