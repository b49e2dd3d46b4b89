// SPDX-License-Identifier: MIT-0
// The model gives what it gave in Python, and refuses what is not its file or not its input.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "check.h"
#include "generated/model_spec.h"
#include "golden.h"
#include "io/npy.h"

namespace {{ cookiecutter.namespace }} {
namespace {

// The outputs for Python's own tensors: no preprocessing is involved.
void outputs() {
    Model model(MODEL_FILE);
    int compared = 0;
    for (const GoldenCase& golden : golden_cases()) {
        if (golden.outputs.empty()) continue;
        std::vector<Tensor> inputs;
        for (const GoldenInput& input : golden.inputs) {
            inputs.push_back(edgegen::read_npy(golden_path(input.stages.back().file)));
        }
        const std::vector<Tensor> outputs = model.run(inputs);
        check(outputs.size() == golden.outputs.size(),
              "the model gives " + std::to_string(outputs.size()) + " outputs");
        for (std::size_t i = 0; i < outputs.size(); ++i) {
            const Tensor expected = edgegen::read_npy(golden_path(golden.outputs[i].file));
            check_close(golden.name + ", output " + golden.outputs[i].name, expected, outputs[i], kOutputTolerance);
            ++compared;
        }
    }
    check(compared > 0, "there is no golden output");
}

void interface() {
    const GoldenCase& golden = golden_cases().front();
    check(golden.inputs.size() == model_inputs().size(), "the number of inputs differs from the goldens'");
    check(golden.outputs.size() == model_outputs().size(), "the number of outputs differs from the goldens'");
    for (std::size_t i = 0; i < golden.inputs.size(); ++i) {
        const Tensor tensor = edgegen::read_npy(golden_path(golden.inputs[i].stages.back().file));
        check(golden.inputs[i].name == model_inputs()[i].name, "input " + golden.inputs[i].name + " has another name");
        check_same("input " + golden.inputs[i].name, zeros({"", tensor.dtype, tensor.shape}), zeros(model_inputs()[i]));
    }
}

// A file with `bytes` as content, removed at the end.
class ScratchFile {
public:
    ScratchFile(const std::string& name, const std::vector<char>& bytes)
        : path_((std::filesystem::temp_directory_path() / ("{{ cookiecutter.slug }}-" + name)).string()) {
        std::ofstream(path_, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    }
    ~ScratchFile() { std::remove(path_.c_str()); }
    ScratchFile(const ScratchFile&) = delete;
    ScratchFile& operator=(const ScratchFile&) = delete;
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

std::string load_error(const std::string& path) {
    return message_of<ModelError>([&path] { Model model(path); });
}

void wrong_model() {
    std::ifstream stream(MODEL_FILE, std::ios::binary);
    std::vector<char> bytes((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    check_contains(load_error("no/such/file.pte"), "No such file");
    check_contains(load_error("."), "Is a directory");
    check_contains(load_error(ScratchFile("empty.pte", {}).path()), "No data available");
    const std::vector<char> half(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(bytes.size() / 2));
    check_contains(load_error(ScratchFile("cut.pte", half).path()), "bytes, the model");
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    check_contains(load_error(ScratchFile("damaged.pte", bytes).path()), "checksum");
}

void wrong_input() {
    Model model(MODEL_FILE);
    check_contains(message_of<ModelError>([&model] { model.run({}); }), "0 were given");
    std::vector<Tensor> inputs;
    for (const TensorInfo& info : model_inputs()) inputs.push_back(zeros(info));
    inputs.front().shape.push_back(1);
    check_contains(message_of<ModelError>([&] { model.run(inputs); }), "input " + model_inputs().front().name + " is");
}

}  // namespace
}  // namespace {{ cookiecutter.namespace }}

int main(int argc, char** argv) {
    using namespace {{ cookiecutter.namespace }};
    return run_test(argc, argv,
                    {
                        {"interface", interface},
                        {"outputs", outputs},
                        {"wrong_model", wrong_model},
                        {"wrong_input", wrong_input},
                    });
}
