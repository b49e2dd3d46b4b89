// SPDX-License-Identifier: MIT-0
// How long each stage of an inference took.
#pragma once

#include <chrono>

namespace {{ cookiecutter.namespace }} {

/// Milliseconds of wall-clock time, stage by stage.
struct Milliseconds {
    double decode = 0;       ///< from the file's bytes to pixels or numbers
    double preprocess = 0;   ///< from pixels to the input tensor
    double forward = 0;      ///< the model itself
    double postprocess = 0;  ///< from the output tensor to the answer
};

/// Measures one stage after the other.
class Stopwatch {
public:
    /// Milliseconds since construction or the last lap.
    double lap() {
        const auto now = std::chrono::steady_clock::now();
        const double passed = std::chrono::duration<double, std::milli>(now - last_).count();
        last_ = now;
        return passed;
    }

private:
    std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

}  // namespace {{ cookiecutter.namespace }}
