// SPDX-License-Identifier: MIT-0
// ExecuTorch {{ cookiecutter.executorch_version }} with its XNNPACK backend computes the model.
#include "runtime.h"

#include <executorch/extension/data_loader/buffer_data_loader.h>
#include <executorch/extension/module/module.h>
#include <executorch/extension/tensor/tensor.h>
#include <executorch/runtime/platform/platform.h>

#include <utility>

// The SDK ships this library without its header; these are the two members that are called here.
namespace executorch::extension::threadpool {
class ThreadPool {
public:
    std::size_t get_thread_count() const;
    bool _unsafe_reset_threadpool(std::uint32_t threads);
};
ThreadPool* get_threadpool();
}  // namespace executorch::extension::threadpool

namespace {{ cookiecutter.namespace }} {
namespace {

using executorch::aten::ScalarType;
using executorch::aten::SizesType;
using executorch::extension::BufferDataLoader;
using executorch::extension::Module;
using executorch::runtime::Error;
using executorch::runtime::EValue;
using executorch::runtime::Program;

// What the runtime logged last as an error: it says more than its error codes.
thread_local std::string last_error;

void keep_errors(et_timestamp_t, et_pal_log_level_t level, const char*, const char*, std::size_t, const char* message,
                 std::size_t length) {
    if (level == kError || level == kFatal) last_error.assign(message, length);
}

// The runtime logs to stderr, much of it not for the user of this program; once is enough for the whole process.
void silence_log() {
    static const bool once =
        executorch::runtime::register_pal(executorch::runtime::PalImpl::create(keep_errors, __FILE__));
    static_cast<void>(once);
}

std::string reason(Error error) {
    return (last_error.empty() ? std::string("no reason given") : last_error) + " (ExecuTorch error " +
           std::to_string(static_cast<unsigned>(error)) + ")";
}

struct Dtype {
    const char* name;
    ScalarType type;
};

constexpr Dtype kDtypes[] = {
    {"float32", ScalarType::Float}, {"float16", ScalarType::Half}, {"float64", ScalarType::Double},
    {"int64", ScalarType::Long},    {"int32", ScalarType::Int},    {"int16", ScalarType::Short},
    {"int8", ScalarType::Char},     {"uint8", ScalarType::Byte},   {"bool", ScalarType::Bool},
};

ScalarType type_of(const std::string& dtype) {
    for (const Dtype& known : kDtypes) {
        if (dtype == known.name) return known.type;
    }
    throw ModelError("a tensor of dtype " + dtype + " cannot be given to the model");
}

std::string name_of(ScalarType type) {
    for (const Dtype& known : kDtypes) {
        if (type == known.type) return known.name;
    }
    throw ModelError("the model gives a tensor of a type that this program cannot read: number " +
                     std::to_string(static_cast<int>(type)) + " of ExecuTorch's list");
}

}  // namespace

class Runtime::Impl {
public:
    Impl(const std::string& path, const std::uint8_t* bytes, std::size_t size)
        : module_(std::make_unique<BufferDataLoader>(bytes, size)) {
        last_error.clear();
        Error error = module_.load(Program::Verification::InternalConsistency);
        if (error == Error::Ok) error = module_.load_forward();
        if (error != Error::Ok) throw ModelError(path + ": the model cannot be loaded: " + reason(error));
    }

    std::vector<Tensor> run(const std::vector<Tensor>& inputs) {
        std::vector<executorch::extension::TensorPtr> tensors;
        std::vector<EValue> values;
        for (const Tensor& input : inputs) {
            // The runtime reads its inputs and never writes them.
            void* bytes = const_cast<std::uint8_t*>(input.bytes.data());
            std::vector<SizesType> sizes(input.shape.begin(), input.shape.end());
            tensors.push_back(executorch::extension::from_blob(bytes, std::move(sizes), type_of(input.dtype)));
            values.emplace_back(*tensors.back());
        }
        last_error.clear();
        const auto result = module_.forward(values);
        if (!result.ok()) throw ModelError("the inference failed: " + reason(result.error()));
        std::vector<Tensor> outputs;
        for (const EValue& value : *result) {
            if (value.isTensor()) outputs.push_back(copy(value.toTensor()));
        }
        return outputs;
    }

private:
    static Tensor copy(const executorch::aten::Tensor& tensor) {
        Tensor result;
        result.dtype = name_of(tensor.scalar_type());
        result.shape.assign(tensor.sizes().begin(), tensor.sizes().end());
        const auto* bytes = static_cast<const std::uint8_t*>(tensor.const_data_ptr());
        result.bytes.assign(bytes, bytes + tensor.nbytes());
        return result;
    }

    Module module_;
};

Runtime::Runtime(const std::string& path, const std::uint8_t* bytes, std::size_t size) {
    silence_log();
    impl_ = std::make_unique<Impl>(path, bytes, size);
}

Runtime::~Runtime() = default;

std::vector<Tensor> Runtime::run(const std::vector<Tensor>& inputs) { return impl_->run(inputs); }

void Runtime::set_threads(int threads) {
    silence_log();
    executorch::extension::threadpool::ThreadPool* pool = executorch::extension::threadpool::get_threadpool();
    const auto wanted = static_cast<std::uint32_t>(threads);
    if (pool == nullptr || (pool->get_thread_count() != wanted && !pool->_unsafe_reset_threadpool(wanted))) {
        throw ModelError("the runtime cannot compute with " + std::to_string(threads) + " threads");
    }
}

}  // namespace {{ cookiecutter.namespace }}
