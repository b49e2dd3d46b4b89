// SPDX-License-Identifier: MIT-0
// The TorchScript interpreter for phones and boards, in LibTorch {{ cookiecutter.torch_version }}, computes the model.
#include "runtime.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/from_blob.h>
#include <c10/core/InferenceMode.h>
#include <caffe2/serialize/read_adapter_interface.h>
#include <torch/csrc/jit/mobile/import.h>
#include <torch/csrc/jit/mobile/module.h>

#include <algorithm>
#include <cstring>

namespace {{ cookiecutter.namespace }} {
namespace {

struct Dtype {
    const char* name;
    at::ScalarType type;
};

constexpr Dtype kDtypes[] = {
    {"float32", at::kFloat}, {"float16", at::kHalf}, {"float64", at::kDouble}, {"int64", at::kLong}, {"int32", at::kInt},
    {"int16", at::kShort},   {"int8", at::kChar},    {"uint8", at::kByte},     {"bool", at::kBool},
};

at::ScalarType type_of(const std::string& dtype) {
    for (const Dtype& known : kDtypes) {
        if (dtype == known.name) return known.type;
    }
    throw ModelError("a tensor of dtype " + dtype + " cannot be given to the model");
}

std::string name_of(at::ScalarType type) {
    for (const Dtype& known : kDtypes) {
        if (type == known.type) return known.name;
    }
    throw ModelError(std::string("the model gives a tensor of a type that this program cannot read: ") +
                     c10::toString(type));
}

/// The bytes of a file that is in memory already.
class BytesReader : public caffe2::serialize::ReadAdapterInterface {
public:
    BytesReader(const std::uint8_t* bytes, std::size_t size) : bytes_(bytes), size_(size) {}

    std::size_t size() const override { return size_; }

    std::size_t read(std::uint64_t position, void* buffer, std::size_t count, const char*) const override {
        if (position >= size_) return 0;
        const std::size_t found = std::min(count, size_ - static_cast<std::size_t>(position));
        std::memcpy(buffer, bytes_ + position, found);
        return found;
    }

private:
    const std::uint8_t* bytes_;
    std::size_t size_;
};

// The kernels that compute in int8 on ARM. The weights are packed for them while the file is loaded.
void choose_int8_kernels() {
    const auto& engines = at::Context::supportedQEngines();
    if (std::find(engines.begin(), engines.end(), at::QEngine::QNNPACK) != engines.end()) {
        at::globalContext().setQEngine(at::QEngine::QNNPACK);
    }
}

std::string reason(const c10::Error& error) {
    const std::string text = error.what_without_backtrace();
    return text.substr(0, text.find('\n'));
}

Tensor copy(const at::Tensor& given) {
    const at::Tensor tensor = given.contiguous();
    Tensor result;
    result.dtype = name_of(tensor.scalar_type());
    result.shape.assign(tensor.sizes().begin(), tensor.sizes().end());
    const auto* bytes = static_cast<const std::uint8_t*>(tensor.const_data_ptr());
    result.bytes.assign(bytes, bytes + tensor.nbytes());
    return result;
}

// Every tensor of an answer, which may be nested, in the order in which Python sees them.
void collect(const c10::IValue& value, std::vector<Tensor>& tensors) {
    if (value.isTensor()) {
        tensors.push_back(copy(value.toTensor()));
    } else if (value.isTensorList()) {
        for (const at::Tensor& tensor : value.toTensorVector()) tensors.push_back(copy(tensor));
    } else if (value.isTuple()) {
        for (const c10::IValue& item : value.toTupleRef().elements()) collect(item, tensors);
    } else if (value.isList()) {
        for (const c10::IValue& item : value.toListRef()) collect(item, tensors);
    } else if (value.isGenericDict()) {
        for (const auto& item : value.toGenericDict()) collect(item.value(), tensors);
    }
}

}  // namespace

class Runtime::Impl {
public:
    Impl(const std::string& path, const std::uint8_t* bytes, std::size_t size) try
        : module_(torch::jit::_load_for_mobile(std::make_unique<BytesReader>(bytes, size))) {
    } catch (const c10::Error& error) {
        throw ModelError(path + ": the model cannot be loaded: " + reason(error));
    }

    std::vector<Tensor> run(const std::vector<Tensor>& inputs) try {
        const c10::InferenceMode no_gradients;
        std::vector<c10::IValue> values;
        for (const Tensor& input : inputs) {
            // The interpreter reads its inputs and never writes them.
            void* bytes = const_cast<std::uint8_t*>(input.bytes.data());
            values.emplace_back(at::from_blob(bytes, input.shape, at::TensorOptions(type_of(input.dtype))));
        }
        std::vector<Tensor> outputs;
        collect(module_.forward(std::move(values)), outputs);
        return outputs;
    } catch (const c10::Error& error) {
        throw ModelError("the inference failed: " + reason(error));
    }

private:
    torch::jit::mobile::Module module_;
};

Runtime::Runtime(const std::string& path, const std::uint8_t* bytes, std::size_t size) {
    choose_int8_kernels();
    impl_ = std::make_unique<Impl>(path, bytes, size);
}

Runtime::~Runtime() = default;

std::vector<Tensor> Runtime::run(const std::vector<Tensor>& inputs) { return impl_->run(inputs); }

void Runtime::set_threads(int threads) { at::set_num_threads(threads); }

}  // namespace {{ cookiecutter.namespace }}
