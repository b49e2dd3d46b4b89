// ONNX Runtime's C++ API for Swift on Linux, which cannot call Objective-C++. A function that can fail gives what it has
// to say, to be freed with free(); NULL for success.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct OnnxShimSession OnnxShimSession;

// A dense tensor in row-major order; `type` is an ONNXTensorElementDataType.
typedef struct OnnxShimTensor {
    void *data;
    size_t bytes;
    int64_t *sizes;
    size_t rank;
    int32_t type;
} OnnxShimTensor;

char *onnx_shim_open(const char *path, int32_t threads, int32_t optimization, OnnxShimSession **session);
void onnx_shim_close(OnnxShimSession *session);
size_t onnx_shim_input_count(OnnxShimSession *session);
size_t onnx_shim_output_count(OnnxShimSession *session);
// To be freed with free().
char *onnx_shim_input_name(OnnxShimSession *session, size_t index);
char *onnx_shim_output_name(OnnxShimSession *session, size_t index);

// Each output's `data` and `sizes` are to be freed with free().
char *onnx_shim_run(OnnxShimSession *session, const char *const *input_names, const OnnxShimTensor *inputs,
                    size_t input_count, const char *const *output_names, OnnxShimTensor *outputs, size_t output_count);

#ifdef __cplusplus
}
#endif
