// ONNX Runtime's library of the onnxruntime wheel behind onnx_shim.h.
#include <onnxruntime_cxx_api.h>

#include <cstdlib>
#include <cstring>
#include <vector>

#include "onnx_shim.h"

namespace {

Ort::Env& environment() {
    static Ort::Env env(ORT_LOGGING_LEVEL_ERROR, "edgegen");
    return env;
}

template <class T>
T* copy_of(const T* from, std::size_t count) {
    T* to = static_cast<T*>(std::malloc(sizeof(T) * count + 1));
    std::memcpy(to, from, sizeof(T) * count);
    return to;
}

// The bytes of one element of the types that the bindings know.
std::size_t size_of(ONNXTensorElementDataType type) {
    switch (type) {
        case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64:
        case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT64:
        case ONNX_TENSOR_ELEMENT_DATA_TYPE_DOUBLE: return 8;
        case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT:
        case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32:
        case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT32: return 4;
        case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT16:
        case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT16:
        case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT16: return 2;
        default: return 1;
    }
}

// `body`, and what it throws as a text.
template <class Body>
char* said(Body body) {
    try {
        body();
        return nullptr;
    } catch (const std::exception& error) {
        return strdup(error.what());
    }
}

}  // namespace

struct OnnxShimSession {
    Ort::Session session;
};

extern "C" {

char* onnx_shim_open(const char* path, std::int32_t threads, std::int32_t optimization, OnnxShimSession** session) {
    return said([&] {
        Ort::SessionOptions options;
        if (threads > 0) options.SetIntraOpNumThreads(threads);
        const GraphOptimizationLevel levels[] = {ORT_DISABLE_ALL, ORT_ENABLE_BASIC, ORT_ENABLE_EXTENDED, ORT_ENABLE_ALL};
        options.SetGraphOptimizationLevel(levels[optimization]);
        *session = new OnnxShimSession{Ort::Session(environment(), path, options)};
    });
}

void onnx_shim_close(OnnxShimSession* session) { delete session; }

std::size_t onnx_shim_input_count(OnnxShimSession* session) { return session->session.GetInputCount(); }

std::size_t onnx_shim_output_count(OnnxShimSession* session) { return session->session.GetOutputCount(); }

char* onnx_shim_input_name(OnnxShimSession* session, std::size_t index) {
    Ort::AllocatorWithDefaultOptions allocator;
    return strdup(session->session.GetInputNameAllocated(index, allocator).get());
}

char* onnx_shim_output_name(OnnxShimSession* session, std::size_t index) {
    Ort::AllocatorWithDefaultOptions allocator;
    return strdup(session->session.GetOutputNameAllocated(index, allocator).get());
}

char* onnx_shim_run(OnnxShimSession* session, const char* const* input_names, const OnnxShimTensor* inputs,
                    std::size_t input_count, const char* const* output_names, OnnxShimTensor* outputs,
                    std::size_t output_count) {
    return said([&] {
        const auto memory = Ort::MemoryInfo::CreateCpu(OrtDeviceAllocator, OrtMemTypeDefault);
        std::vector<Ort::Value> values;
        for (std::size_t i = 0; i < input_count; ++i) {
            const auto type = static_cast<ONNXTensorElementDataType>(inputs[i].type);
            values.push_back(Ort::Value::CreateTensor(memory, inputs[i].data, inputs[i].bytes, inputs[i].sizes,
                                                      inputs[i].rank, type));
        }
        const auto results = session->session.Run(Ort::RunOptions(), input_names, values.data(), input_count,
                                                  output_names, output_count);
        for (std::size_t i = 0; i < output_count; ++i) {
            const auto info = results[i].GetTensorTypeAndShapeInfo();
            const std::vector<std::int64_t> sizes = info.GetShape();
            const std::size_t bytes = info.GetElementCount() * size_of(info.GetElementType());
            const auto* data = static_cast<const std::uint8_t*>(results[i].GetTensorRawData());
            outputs[i] = {copy_of(data, bytes), bytes, copy_of(sizes.data(), sizes.size()), sizes.size(),
                          static_cast<std::int32_t>(info.GetElementType())};
        }
    });
}

}  // extern "C"
