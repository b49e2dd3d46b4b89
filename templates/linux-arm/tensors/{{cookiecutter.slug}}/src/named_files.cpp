// SPDX-License-Identifier: MIT-0
#include "named_files.h"

#include <algorithm>
#include <stdexcept>

#include "generated/model_spec.h"
#include "io/npy.h"

namespace {{ cookiecutter.namespace }} {
namespace {

std::string input_names() {
    std::string names;
    for (const TensorInfo& info : model_inputs()) names += (names.empty() ? "" : ", ") + info.name;
    return names;
}

bool is_input(const std::string& name) {
    const auto& infos = model_inputs();
    return std::any_of(infos.begin(), infos.end(), [&](const TensorInfo& info) { return info.name == name; });
}

}  // namespace

Request named_files(const std::vector<std::string>& named) {
    Request request;
    for (const std::string& text : named) {
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos) throw UsageError("--input " + text + " is not NAME=FILE");
        const std::string name = text.substr(0, equals);
        if (!is_input(name)) throw UsageError("there is no input \"" + name + "\"; there are: " + input_names());
        if (!request.files.emplace(name, text.substr(equals + 1)).second) {
            throw UsageError("input " + name + " is given twice");
        }
    }
    return request;
}

void require_all(Request& request) {
    std::string all;
    for (const TensorInfo& info : model_inputs()) {
        const auto file = request.files.find(info.name);
        if (file == request.files.end()) {
            throw UsageError("input " + info.name + " has no file; give --input " + info.name + "=FILE. Try --help");
        }
        all += (all.empty() ? "" : ", ") + info.name + "=" + file->second;
    }
    if (request.name.empty()) request.name = request.files.size() == 1 ? request.files.begin()->second : all;
}

Tensor read_numbers(const TensorInfo& info, const std::string& path) {
    Tensor tensor = edgegen::read_npy(path);
    if (tensor.dtype != info.dtype || tensor.shape != info.shape) {
        throw std::invalid_argument(path + ": holds " + describe(tensor.dtype, tensor.shape) + ", input " + info.name +
                                    " needs " + describe(info.dtype, info.shape));
    }
    return tensor;
}

}  // namespace {{ cookiecutter.namespace }}
