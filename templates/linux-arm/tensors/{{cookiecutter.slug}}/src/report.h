// SPDX-License-Identifier: MIT-0
// What the program prints.
#pragma once

#include <string>
#include <vector>

#include "arguments.h"
#include "{{ cookiecutter.slug }}/model.h"
#include "{{ cookiecutter.slug }}/timing.h"

namespace {{ cookiecutter.namespace }} {

/// One run's outputs, in the model's order, and how long it took.
struct Result {
    std::string input;
    std::vector<Tensor> outputs;
    Milliseconds milliseconds;
};

/// Prints results as text, one after the other, or all of them as one JSON document.
class Report {
public:
    /// Takes the report's own options out of `arguments`.
    explicit Report(Arguments& arguments);

    /// The lines about those options, for --help, but for --json.
    static std::string help();

    /// Prints the result as text; with --json it is kept for `finish`.
    void add(Result result);
    void finish() const;

private:
    bool json_;{{ cookiecutter.report_members }}
    std::vector<Result> results_;
};

}  // namespace {{ cookiecutter.namespace }}
