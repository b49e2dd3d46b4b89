// SPDX-License-Identifier: MIT-0
// Photo in, names out: what the program's user sees.
#include <cmath>
#include <cstring>

#include "check.h"
#include "golden.h"
#include "{{ cookiecutter.slug }}/classifier.h"

namespace {{ cookiecutter.namespace }} {
namespace {

void labels() {
    Classifier classifier(MODEL_FILE);
    int compared = 0;
    for (const GoldenCase& golden : golden_cases()) {
        if (golden.prediction.empty()) continue;
        const int top = static_cast<int>(golden.prediction.size());
        const std::vector<Prediction> found = classifier.classify_file(golden_path(golden.photo), top);
        check(found.size() == golden.prediction.size(), golden.photo + ": the number of classes differs");
        for (std::size_t i = 0; i < found.size(); ++i) {
            const GoldenClass& expected = golden.prediction[i];
            check(found[i].index == expected.index && found[i].label == expected.label,
                  golden.photo + ": number " + std::to_string(i + 1) + " is " + found[i].label + ", expected " +
                      expected.label);
            check(std::abs(static_cast<double>(found[i].probability) - expected.probability) <= kProbabilityTolerance,
                  golden.photo + ": " + expected.label + " has probability " + std::to_string(found[i].probability) +
                      ", expected " + std::to_string(expected.probability));
        }
        ++compared;
    }
    check(compared > 0, "there is no golden prediction");
}

void ranking() {
    const Tensor scores{"float32", {1, 4}, std::vector<std::uint8_t>(16)};  // all equal
    const std::vector<std::string> names = {"a", "b", "c", "d"};
    const std::vector<Prediction> top = top_predictions(scores, softmax, names, 3);
    check(top.size() == 3 && top[0].label == "a" && top[1].label == "b" && top[2].label == "c",
          "of equal classes the lower index comes first");
    check(top[0].probability == 0.25f, "four equal classes have a quarter each");
    check(top_predictions(scores, unchanged, names, 9).size() == 4, "there are no more predictions than classes");

    Tensor certain{"float32", {1, 4}, std::vector<std::uint8_t>(16)};
    const float saturated[] = {20, 30, 25, 0};
    std::memcpy(certain.bytes.data(), saturated, sizeof saturated);
    const std::vector<Prediction> sure = top_predictions(certain, sigmoid, names, 2);
    check(sure[0].label == "b" && sure[1].label == "c", "scores count where probabilities are equal");
    check(sure[0].probability == sure[1].probability, "what is certain is equally probable");

    std::vector<float> large = {1000, 0, -1000};
    softmax(large);
    check(large[0] == 1 && large[1] == 0 && large[2] == 0, "softmax overflows");
    large = {1000, 0, -1000};
    sigmoid(large);
    check(large[0] == 1 && large[1] == 0.5f && large[2] == 0, "sigmoid overflows");
}

}  // namespace
}  // namespace {{ cookiecutter.namespace }}

int main(int argc, char** argv) {
    using namespace {{ cookiecutter.namespace }};
    return run_test(argc, argv,
                    {
                        {"labels", labels},
                        {"ranking", ranking},
                    });
}
