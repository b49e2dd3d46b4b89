// SPDX-License-Identifier: MIT-0
// From a file's bytes to the tensor every stage has, bit for bit, the values that Python computed.
#include "check.h"
#include "decode/decode.h"
#include "generated/model_spec.h"
#include "generated/pipeline.h"
#include "golden.h"
#include "io/npy.h"

namespace {{ cookiecutter.namespace }} {
namespace {

Tensor as_tensor(const edgegen::Image& image) {
    return {"uint8", {image.height, image.width, image.channels}, image.pixels};
}

Tensor golden(const GoldenArray& array) {
    return edgegen::read_npy(golden_path(array.file));
}

void decoded() {
    for (const GoldenCase& golden_case : golden_cases()) {
        for (const GoldenInput& input : golden_case.inputs) {
            if (fill_of(input.name) == nullptr) continue;
            const edgegen::Image photo = edgegen::read_image(golden_path(golden_case.photo));
            check_same(golden_case.photo + ", decoded", golden(input.stages.front()), as_tensor(photo));
        }
    }
}

const TensorInfo& info_of(const std::string& input) {
    for (const TensorInfo& info : model_inputs()) {
        if (info.name == input) return info;
    }
    throw Failure("the model has no input " + input);
}

// Runs the very function that the program runs and compares what it does on the way. `photo` are Python's pixels, so a
// decoder that differs is not reported here a second time.
void check_stages(const std::string& where, const GoldenInput& input) {
    const Tensor pixels = golden(input.stages.front());
    const edgegen::ImageView photo{pixels.bytes.data(), static_cast<int>(pixels.shape[1]),
                                   static_cast<int>(pixels.shape[0]), 3,
                                   static_cast<std::ptrdiff_t>(pixels.shape[1] * 3)};
    Tensor tensor = zeros(info_of(input.name));
    std::size_t stage = 1;
    fill_of(input.name)(photo, tensor, [&](const char* name, const edgegen::Picture& picture) {
        check(stage + 1 < input.stages.size(), where + ": stage " + name + " is not in the goldens");
        check(input.stages[stage].name == name,
              where + ": stage " + name + " stands where " + input.stages[stage].name + " should");
        check_same(where + ", stage " + name, golden(input.stages[stage]), as_tensor(picture.pixels()));
        ++stage;
    });
    check(stage + 1 == input.stages.size(), where + ": stage " + input.stages[stage].name + " is missing");
    check_same(where + ", stage tensor", golden(input.stages.back()), tensor);
}

void stages() {
    int compared = 0;
    for (const GoldenCase& golden_case : golden_cases()) {
        for (const GoldenInput& input : golden_case.inputs) {
            if (golden_case.outputs.empty() || fill_of(input.name) == nullptr) continue;
            check_stages(golden_case.name + ", input " + input.name, input);
            ++compared;
        }
    }
    check(compared > 0, "there is no golden picture");
}

void wrong_picture() {
    const auto error = [](const std::string& path) {
        return message_of<edgegen::DecodeError>([&path] { edgegen::read_image(path); });
    };
    check_contains(error("no/such/photo.jpg"), "no/such/photo.jpg");
    check_contains(error(golden_path("index.json")), "index.json");
    check_contains(error(MODEL_FILE), "{{ cookiecutter.model_file }}");
}

}  // namespace
}  // namespace {{ cookiecutter.namespace }}

int main(int argc, char** argv) {
    using namespace {{ cookiecutter.namespace }};
    return run_test(argc, argv,
                    {
                        {"decoded", decoded},
                        {"stages", stages},
                        {"wrong_picture", wrong_picture},
                    });
}
