// libtorch of the torch wheel behind the test-only class org.pytorch.Module: the lite interpreter and TorchScript.
#include <torch/csrc/jit/mobile/import.h>
#include <torch/csrc/jit/mobile/module.h>
#include <torch/script.h>

#include <functional>
#include <memory>

#include "jni_values.h"

namespace {

using c10::IValue;

// A loaded module of either kind.
using Forward = std::function<IValue(std::vector<IValue>)>;

constexpr const char* kTensor = "org/pytorch/Tensor";
constexpr const char* kValue = "org/pytorch/IValue";

// The codes of org.pytorch.DType, which begin with 1.
constexpr at::ScalarType kTypes[] = {at::kByte, at::kChar, at::kInt, at::kFloat, at::kLong, at::kDouble};

Forward load(const std::string& path, bool lite) {
    if (lite) {
        auto module = std::make_shared<torch::jit::mobile::Module>(torch::jit::_load_for_mobile(path));
        return [module](std::vector<IValue> inputs) { return module->forward(std::move(inputs)); };
    }
    auto module = std::make_shared<torch::jit::Module>(torch::jit::load(path));
    module->eval();
    return [module](std::vector<IValue> inputs) { return module->forward(std::move(inputs)); };
}

int code_of(at::ScalarType type) {
    for (int i = 0; i < 6; ++i) {
        if (kTypes[i] == type) return i + 1;
    }
    throw std::runtime_error(std::string("no org.pytorch.DType for ") + c10::toString(type));
}

jobject java_tensor(JNIEnv* env, const at::Tensor& result) {
    const at::Tensor tensor = result.contiguous();
    const std::vector<jlong> shape(tensor.sizes().begin(), tensor.sizes().end());
    // Tensor.output copies, so the memory need not outlive this call.
    return shim::tensor(env, kTensor, code_of(tensor.scalar_type()), shape, tensor.data_ptr(), tensor.nbytes());
}

jobject java_value(JNIEnv* env, const IValue& value) {
    jclass values = env->FindClass(kValue);
    if (value.isTensor()) {
        jmethodID from = env->GetStaticMethodID(values, "from", "(Lorg/pytorch/Tensor;)Lorg/pytorch/IValue;");
        return env->CallStaticObjectMethod(values, from, java_tensor(env, value.toTensor()));
    }
    if (value.isTuple()) {
        const auto& elements = value.toTupleRef().elements();
        jobjectArray array = env->NewObjectArray(static_cast<jsize>(elements.size()), values, nullptr);
        jsize index = 0;
        for (const IValue& element : elements) env->SetObjectArrayElement(array, index++, java_value(env, element));
        jmethodID from = env->GetStaticMethodID(values, "tupleFrom", "([Lorg/pytorch/IValue;)Lorg/pytorch/IValue;");
        return env->CallStaticObjectMethod(values, from, array);
    }
    if (value.isTensorList()) {
        const auto list = value.toTensorVector();
        jobjectArray array = env->NewObjectArray(static_cast<jsize>(list.size()), env->FindClass(kTensor), nullptr);
        jsize index = 0;
        for (const at::Tensor& tensor : list) env->SetObjectArrayElement(array, index++, java_tensor(env, tensor));
        jmethodID from = env->GetStaticMethodID(values, "listFrom", "([Lorg/pytorch/Tensor;)Lorg/pytorch/IValue;");
        return env->CallStaticObjectMethod(values, from, array);
    }
    throw std::runtime_error("the module returns " + value.tagKind());
}

}  // namespace

extern "C" {

JNIEXPORT jlong JNICALL Java_org_pytorch_Module_loadNative(JNIEnv* env, jclass, jstring path, jboolean lite) {
    try {
        c10::InferenceMode guard;
        return reinterpret_cast<jlong>(new Forward(load(shim::text(env, path), lite == JNI_TRUE)));
    } catch (const std::exception& error) {
        shim::raise(env, "java/lang/RuntimeException", error.what());
        return 0;
    }
}

JNIEXPORT jobject JNICALL Java_org_pytorch_Module_forwardNative(JNIEnv* env, jclass, jlong peer, jintArray types,
                                                                jobjectArray shapes, jobjectArray data) {
    try {
        c10::InferenceMode guard;
        const std::vector<jint> codes = shim::ints(env, types);
        std::vector<IValue> inputs;
        for (std::size_t i = 0; i < codes.size(); ++i) {
            inputs.emplace_back(torch::from_blob(shim::address(env, data, i), shim::sides<int64_t>(env, shapes, i),
                                                 kTypes[codes[i] - 1]));
        }
        return java_value(env, (*reinterpret_cast<Forward*>(peer))(std::move(inputs)));
    } catch (const std::exception& error) {
        shim::raise(env, "java/lang/RuntimeException", error.what());
        return nullptr;
    }
}

JNIEXPORT void JNICALL Java_org_pytorch_Module_destroyNative(JNIEnv*, jclass, jlong peer) {
    delete reinterpret_cast<Forward*>(peer);
}

}  // extern "C"
