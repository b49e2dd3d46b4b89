// SPDX-License-Identifier: MIT-0
// The goldens: what Python computed at export, stage by stage, in generated/goldens.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "{{ cookiecutter.slug }}/model.h"

namespace {{ cookiecutter.namespace }} {

/// A stage of an input, or an output, and the .npy file that holds it.
struct GoldenArray {
    std::string name;
    std::string file;
};

/// The way of one input; its last stage is "tensor", except in a case that tests the decoder alone.
struct GoldenInput {
    std::string name;
    std::vector<GoldenArray> stages;
};

/// A class that the model must find, best first.
struct GoldenClass {
    int index;
    std::string label;
    double probability;
};

struct GoldenCase {
    std::string name;
    std::string photo;  ///< empty where the model takes no picture
    std::vector<GoldenInput> inputs;
    std::vector<GoldenArray> outputs;     ///< empty where only the decoder is tested
    std::vector<GoldenClass> prediction;  ///< of the first output that is class scores
};

/// All cases, from generated/golden_cases.cpp.
const std::vector<GoldenCase>& golden_cases();

/// How far an output may be from Python's, as a share of the golden's largest value. From generated/golden_cases.cpp,
/// which says why.
extern const double kOutputTolerance;
/// How far a probability may be from Python's.
extern const double kProbabilityTolerance;

/// The path of a file of generated/goldens.
std::string golden_path(const std::string& file);

/// Compares byte for byte. `where` begins the message of the Failure, which names the first number that differs, both
/// values and their bits, and how many differ.
void check_same(const std::string& where, const Tensor& expected, const Tensor& actual);

/// Compares outputs: exactly for whole numbers, else within `tolerance` times the largest expected magnitude.
void check_close(const std::string& where, const Tensor& expected, const Tensor& actual, double tolerance);

}  // namespace {{ cookiecutter.namespace }}
