// ExecuTorch's C++ library of the executorch wheel behind executorch_shim.h.
#include <executorch/extension/module/module.h>
#include <executorch/extension/tensor/tensor.h>

#include <cstring>
#include <string>
#include <vector>

#include "executorch_shim.h"

// The wheel ships this library without its header.
namespace executorch::extension::threadpool {
class ThreadPool {
public:
    bool _unsafe_reset_threadpool(std::uint32_t threads);
};
ThreadPool* get_threadpool();
}  // namespace executorch::extension::threadpool

using executorch::aten::ScalarType;
using executorch::extension::Module;
using executorch::runtime::Error;
using executorch::runtime::EValue;

struct ExecuTorchShimModule {
    Module module;
};

struct ExecuTorchShimOutputs {
    struct Tensor {
        std::vector<std::int32_t> sizes;
        std::vector<std::uint8_t> bytes;
        std::int8_t type;
    };
    std::vector<Tensor> tensors;
};

extern "C" {

ExecuTorchShimModule* executorch_shim_open(const char* path, std::int32_t load_mode) {
    return new ExecuTorchShimModule{Module(path, static_cast<Module::LoadMode>(load_mode))};
}

void executorch_shim_close(ExecuTorchShimModule* module) { delete module; }

std::int32_t executorch_shim_load(ExecuTorchShimModule* module, std::uint8_t verification) {
    using executorch::runtime::Program;
    return static_cast<std::int32_t>(module->module.load(static_cast<Program::Verification>(verification)));
}

std::int32_t executorch_shim_load_method(ExecuTorchShimModule* module, const char* method) {
    return static_cast<std::int32_t>(module->module.load_method(method));
}

int executorch_shim_is_loaded(ExecuTorchShimModule* module, const char* method) {
    return method == nullptr ? module->module.is_loaded() : module->module.is_method_loaded(method);
}

std::int32_t executorch_shim_execute(ExecuTorchShimModule* module, const char* method,
                                     const ExecuTorchShimTensor* inputs, std::size_t count,
                                     ExecuTorchShimOutputs** outputs) {
    std::vector<executorch::extension::TensorPtr> tensors;
    std::vector<EValue> values;
    for (std::size_t i = 0; i < count; ++i) {
        const std::vector<executorch::aten::SizesType> sizes(inputs[i].sizes, inputs[i].sizes + inputs[i].rank);
        tensors.push_back(
            executorch::extension::from_blob(inputs[i].data, sizes, static_cast<ScalarType>(inputs[i].type)));
        values.emplace_back(*tensors.back());
    }
    const auto result = module->module.execute(method, values);
    if (!result.ok()) return static_cast<std::int32_t>(result.error());
    *outputs = new ExecuTorchShimOutputs;
    for (const EValue& value : *result) {
        if (!value.isTensor()) {
            delete *outputs;
            return static_cast<std::int32_t>(Error::NotSupported);
        }
        const auto& tensor = value.toTensor();
        const auto* bytes = static_cast<const std::uint8_t*>(tensor.const_data_ptr());
        (*outputs)->tensors.push_back({{tensor.sizes().begin(), tensor.sizes().end()},
                                       {bytes, bytes + tensor.nbytes()},
                                       static_cast<std::int8_t>(tensor.scalar_type())});
    }
    return 0;
}

std::size_t executorch_shim_output_count(const ExecuTorchShimOutputs* outputs) { return outputs->tensors.size(); }

ExecuTorchShimTensor executorch_shim_output(const ExecuTorchShimOutputs* outputs, std::size_t index) {
    const auto& tensor = outputs->tensors[index];
    return {const_cast<std::uint8_t*>(tensor.bytes.data()), tensor.bytes.size(), tensor.sizes.data(),
            tensor.sizes.size(), tensor.type};
}

void executorch_shim_free(ExecuTorchShimOutputs* outputs) { delete outputs; }

void executorch_shim_threads(std::uint32_t threads) {
    if (threads > 0) executorch::extension::threadpool::get_threadpool()->_unsafe_reset_threadpool(threads);
}

}  // extern "C"
