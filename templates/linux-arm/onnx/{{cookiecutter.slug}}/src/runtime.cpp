// SPDX-License-Identifier: MIT-0
// ONNX Runtime computes the model, on the CPU.
#include "runtime.h"

#include <onnxruntime_cxx_api.h>

#include <cstdlib>

namespace {{ cookiecutter.namespace }} {
namespace {

struct Dtype {
    const char* name;
    ONNXTensorElementDataType type;
    std::size_t bytes;
};

constexpr Dtype kDtypes[] = {
    {"float32", ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT, 4}, {"float16", ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT16, 2},
    {"float64", ONNX_TENSOR_ELEMENT_DATA_TYPE_DOUBLE, 8}, {"int64", ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64, 8},
    {"int32", ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32, 4},    {"int16", ONNX_TENSOR_ELEMENT_DATA_TYPE_INT16, 2},
    {"int8", ONNX_TENSOR_ELEMENT_DATA_TYPE_INT8, 1},      {"uint8", ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8, 1},
    {"bool", ONNX_TENSOR_ELEMENT_DATA_TYPE_BOOL, 1},
};

const Dtype& dtype_named(const std::string& name) {
    for (const Dtype& known : kDtypes) {
        if (name == known.name) return known;
    }
    throw ModelError("a tensor of dtype " + name + " cannot be given to the model");
}

const Dtype& dtype_of(ONNXTensorElementDataType type) {
    for (const Dtype& known : kDtypes) {
        if (type == known.type) return known;
    }
    throw ModelError("the model gives a tensor of a type that this program cannot read: number " +
                     std::to_string(static_cast<int>(type)) + " of ONNX Runtime's list");
}

// What it throws says the same; its log is not for the user of this program.
void drop(void*, OrtLoggingLevel, const char*, const char*, const char*, const char*) {}

// The library keeps its thread pools and allocators here; once is enough for the whole process.
Ort::Env& environment() {
    // ONNX Runtime 1.29 and later report to their makers unless this is there before they begin.
    static const int told = setenv("ORT_DISABLE_TELEMETRY", "1", 0);
    (void)told;
    static Ort::Env env(ORT_LOGGING_LEVEL_FATAL, "{{ cookiecutter.slug }}", drop, nullptr);
    return env;
}

int threads_wanted = 0;  // 0: one for each core

Ort::SessionOptions session_options() {
    Ort::SessionOptions options;
    options.SetGraphOptimizationLevel(GraphOptimizationLevel::ORT_ENABLE_ALL);
    if (threads_wanted > 0) options.SetIntraOpNumThreads(threads_wanted);
    return options;
}

std::string first_line(const Ort::Exception& error) {
    const std::string text = error.what();
    return text.substr(0, text.find('\n'));
}

// A library older than the header that this file was compiled with has no such table of functions.
void require_library() {
    if (OrtGetApiBase()->GetApi(ORT_API_VERSION) != nullptr) return;
    throw ModelError(std::string("the ONNX Runtime that was loaded is too old: ") + OrtGetApiBase()->GetVersionString() +
                     ". Install 1." + std::to_string(ORT_API_VERSION) + " or newer");
}

}  // namespace

class Runtime::Impl {
public:
    Impl(const std::string& path, const std::uint8_t* bytes, std::size_t size) try
        : session_(environment(), bytes, size, session_options()) {
        Ort::AllocatorWithDefaultOptions allocator;
        for (std::size_t i = 0; i < session_.GetInputCount(); ++i) {
            inputs_.emplace_back(session_.GetInputNameAllocated(i, allocator).get());
        }
        for (std::size_t i = 0; i < session_.GetOutputCount(); ++i) {
            outputs_.emplace_back(session_.GetOutputNameAllocated(i, allocator).get());
        }
    } catch (const Ort::Exception& error) {
        throw ModelError(path + ": the model cannot be loaded: " + first_line(error));
    }

    std::vector<Tensor> run(const std::vector<Tensor>& inputs) try {
        std::vector<Ort::Value> values;
        for (const Tensor& input : inputs) {
            // The runtime reads its inputs and never writes them.
            void* bytes = const_cast<std::uint8_t*>(input.bytes.data());
            values.push_back(Ort::Value::CreateTensor(memory_, bytes, input.bytes.size(), input.shape.data(),
                                                      input.shape.size(), dtype_named(input.dtype).type));
        }
        const std::vector<const char*> given = pointers(inputs_), asked = pointers(outputs_);
        const std::vector<Ort::Value> results = session_.Run(Ort::RunOptions{nullptr}, given.data(), values.data(),
                                                             values.size(), asked.data(), asked.size());
        std::vector<Tensor> outputs;
        for (const Ort::Value& value : results) outputs.push_back(copy(value));
        return outputs;
    } catch (const Ort::Exception& error) {
        throw ModelError("the inference failed: " + first_line(error));
    }

private:
    static std::vector<const char*> pointers(const std::vector<std::string>& names) {
        std::vector<const char*> result;
        for (const std::string& name : names) result.push_back(name.c_str());
        return result;
    }

    static Tensor copy(const Ort::Value& value) {
        const Ort::TensorTypeAndShapeInfo info = value.GetTensorTypeAndShapeInfo();
        const Dtype& dtype = dtype_of(info.GetElementType());
        Tensor result;
        result.dtype = dtype.name;
        result.shape = info.GetShape();
        const auto* bytes = static_cast<const std::uint8_t*>(value.GetTensorRawData());
        result.bytes.assign(bytes, bytes + info.GetElementCount() * dtype.bytes);
        return result;
    }

    Ort::Session session_;
    Ort::MemoryInfo memory_ = Ort::MemoryInfo::CreateCpu(OrtDeviceAllocator, OrtMemTypeDefault);
    std::vector<std::string> inputs_, outputs_;  // the names in the file, in the model's order
};

Runtime::Runtime(const std::string& path, const std::uint8_t* bytes, std::size_t size) {
    require_library();
    impl_ = std::make_unique<Impl>(path, bytes, size);
}

Runtime::~Runtime() = default;

std::vector<Tensor> Runtime::run(const std::vector<Tensor>& inputs) { return impl_->run(inputs); }

void Runtime::set_threads(int threads) { threads_wanted = threads; }

}  // namespace {{ cookiecutter.namespace }}
