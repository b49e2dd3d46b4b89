// SPDX-License-Identifier: MIT-0
#include "read_inputs.h"

#include <optional>
#include <stdexcept>

#include "decode/decode.h"
#include "generated/model_spec.h"
#include "generated/pipeline.h"
#include "io/npy.h"
#include "named_files.h"

namespace {{ cookiecutter.namespace }} {
namespace {

// The one picture input that has no file yet, which the files without a name are for.
std::string open_picture_input(const Request& request) {
    std::string found;
    for (const TensorInfo& info : model_inputs()) {
        if (fill_of(info.name) == nullptr || request.files.count(info.name) > 0) continue;
        if (!found.empty()) {
            throw UsageError("pictures can be for input " + found + " or " + info.name + "; give --input NAME=FILE");
        }
        found = info.name;
    }
    if (found.empty()) throw UsageError("every picture input has its file already");
    return found;
}

// What a file holds before the pipeline: a photo, or numbers that go to the model as they are.
struct Loaded {
    std::optional<edgegen::Image> photo;
    Tensor tensor;
};

}  // namespace

std::vector<Request> requests(const std::vector<std::string>& files, const std::vector<std::string>& named) {
    const Request common = named_files(named);
    std::vector<Request> all;
    for (const std::string& file : files) {
        Request request = common;
        request.name = file;
        request.files[open_picture_input(common)] = file;
        all.push_back(request);
    }
    if (all.empty()) all.push_back(common);
    for (Request& request : all) require_all(request);
    return all;
}

std::string input_help() {
    std::string text;
    for (const TensorInfo& info : model_inputs()) {
        const bool picture = fill_of(info.name) != nullptr;
        const std::string numbers = "a .npy file, " + describe(info.dtype, info.shape);
        text += "  " + info.name + ": " + (picture ? "a photo (JPEG or PNG)" : numbers) + "\n";
    }
    return text +
           "\nA FILE without a name is a photo for the one picture input that has no file yet; the model is run"
           "\nonce for each.\n";
}

std::vector<Tensor> read_inputs(const Request& request, Milliseconds& milliseconds) {
    Stopwatch watch;
    std::vector<Loaded> loaded;
    for (const TensorInfo& info : model_inputs()) {
        const std::string& path = request.files.at(info.name);
        if (fill_of(info.name) != nullptr) {
            loaded.push_back({edgegen::read_image(path), zeros(info)});
        } else {
            loaded.push_back({std::nullopt, read_numbers(info, path)});
        }
    }
    milliseconds.decode = watch.lap();
    std::vector<Tensor> tensors;
    for (std::size_t i = 0; i < loaded.size(); ++i) {
        if (loaded[i].photo) fill_of(model_inputs()[i].name)(loaded[i].photo->view(), loaded[i].tensor, {});
        tensors.push_back(std::move(loaded[i].tensor));
    }
    milliseconds.preprocess = watch.lap();
    return tensors;
}

}  // namespace {{ cookiecutter.namespace }}
