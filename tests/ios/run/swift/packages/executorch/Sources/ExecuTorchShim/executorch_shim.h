// ExecuTorch's C++ modules for Swift on Linux, which cannot call Objective-C++. Each `int32_t` that is returned is a
// code of executorch/runtime/core/error.h, 0 for success.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ExecuTorchShimModule ExecuTorchShimModule;
typedef struct ExecuTorchShimOutputs ExecuTorchShimOutputs;

// A dense tensor in row-major order; `type` is a code of portable_type/scalar_type.h.
typedef struct ExecuTorchShimTensor {
    void *data;
    size_t bytes;
    const int32_t *sizes;
    size_t rank;
    int8_t type;
} ExecuTorchShimTensor;

ExecuTorchShimModule *executorch_shim_open(const char *path, int32_t load_mode);
void executorch_shim_close(ExecuTorchShimModule *module);
int32_t executorch_shim_load(ExecuTorchShimModule *module, uint8_t verification);
int32_t executorch_shim_load_method(ExecuTorchShimModule *module, const char *method);
int executorch_shim_is_loaded(ExecuTorchShimModule *module, const char *method);

// The outputs stay readable until they are freed; they are copies.
int32_t executorch_shim_execute(ExecuTorchShimModule *module, const char *method, const ExecuTorchShimTensor *inputs,
                                size_t count, ExecuTorchShimOutputs **outputs);
size_t executorch_shim_output_count(const ExecuTorchShimOutputs *outputs);
ExecuTorchShimTensor executorch_shim_output(const ExecuTorchShimOutputs *outputs, size_t index);
void executorch_shim_free(ExecuTorchShimOutputs *outputs);

// Of the whole process; 0 leaves it as it is.
void executorch_shim_threads(uint32_t threads);

#ifdef __cplusplus
}
#endif
