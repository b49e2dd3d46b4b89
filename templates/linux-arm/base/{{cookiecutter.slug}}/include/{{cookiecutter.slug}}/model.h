// SPDX-License-Identifier: MIT-0
// The model: tensors in, tensors out.
#pragma once

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "io/npy.h"

namespace {{ cookiecutter.namespace }} {

/// Numbers in C order, little endian: dtype by NumPy's names ("float32", "int64", "bool" …), shape, bytes.
using Tensor = edgegen::NpyArray;

/// What one input or output of the model is called and looks like. generated/model_spec.h lists them all.
struct TensorInfo {
    std::string name;
    std::string dtype;
    std::vector<std::int64_t> shape;
};

/// A tensor of that dtype and shape, filled with zeros.
Tensor zeros(const TensorInfo& info);

/// "1x3x224x224 float32", for messages.
std::string describe(const std::string& dtype, const std::vector<std::int64_t>& shape);

/// The model file cannot be used, or an inference failed. what() is one line: "FILE: PROBLEM. WHAT TO DO."
class ModelError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A loaded model. Not safe for use from several threads at once; make one Model for each thread.
class Model {
public:
    /// Loads the file that this program was built for. Throws ModelError when it is missing, damaged or another file.
    explicit Model(const std::string& path);
    ~Model();
    Model(Model&&) noexcept;
    Model& operator=(Model&&) noexcept;

    /// Runs the model. `inputs` in the order of model_inputs(), each with exactly that dtype and shape; the result in
    /// the order of model_outputs(). Throws ModelError when an input does not fit or the runtime fails.
    std::vector<Tensor> run(const std::vector<Tensor>& inputs);

    /// How many threads the runtime computes with, in the whole process. Call it before the first Model is made;
    /// without it the runtime takes one for each fast core.
    static void set_threads(int threads);

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace {{ cookiecutter.namespace }}
