// SPDX-License-Identifier: MIT-0
// What computes the model. Only runtime.cpp knows which library that is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "{{ cookiecutter.slug }}/model.h"

namespace {{ cookiecutter.namespace }} {

class Runtime {
public:
    /// Loads the model from `size` bytes, which stay where they are as long as this object lives. `path` is for
    /// messages. Throws ModelError.
    Runtime(const std::string& path, const std::uint8_t* bytes, std::size_t size);
    ~Runtime();

    /// Computes the outputs of inputs that fit the model. Throws ModelError when the library fails.
    std::vector<Tensor> run(const std::vector<Tensor>& inputs);

    /// See Model::set_threads.
    static void set_threads(int threads);

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace {{ cookiecutter.namespace }}
