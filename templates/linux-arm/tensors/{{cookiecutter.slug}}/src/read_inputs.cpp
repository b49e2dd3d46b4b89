// SPDX-License-Identifier: MIT-0
#include "read_inputs.h"

#include <stdexcept>

#include "generated/model_spec.h"
#include "io/npy.h"
#include "named_files.h"

namespace {{ cookiecutter.namespace }} {

std::vector<Request> requests(const std::vector<std::string>& files, const std::vector<std::string>& named) {
    Request request = named_files(named);
    if (!files.empty()) {
        throw UsageError("\"" + files.front() + "\": every file needs the name of its input, as in --input " +
                         model_inputs().front().name + "=" + files.front());
    }
    require_all(request);
    return {request};
}

std::string input_help() {
    std::string text;
    for (const TensorInfo& info : model_inputs()) {
        text += "  " + info.name + ": a .npy file, " + describe(info.dtype, info.shape) + "\n";
    }
    return text;
}

std::vector<Tensor> read_inputs(const Request& request, Milliseconds& milliseconds) {
    Stopwatch watch;
    std::vector<Tensor> tensors;
    for (const TensorInfo& info : model_inputs()) tensors.push_back(read_numbers(info, request.files.at(info.name)));
    milliseconds.decode = watch.lap();
    return tensors;
}

}  // namespace {{ cookiecutter.namespace }}
