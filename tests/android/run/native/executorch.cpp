// ExecuTorch's C++ library of the executorch wheel behind the test-only class org.pytorch.executorch.Module.
#include <executorch/extension/module/module.h>
#include <executorch/extension/tensor/tensor.h>

#include <memory>

#include "jni_values.h"

// The wheel ships this library without its header.
namespace executorch::extension::threadpool {
class ThreadPool {
public:
    bool _unsafe_reset_threadpool(std::uint32_t threads);
};
ThreadPool* get_threadpool();
}  // namespace executorch::extension::threadpool

namespace {

using executorch::aten::ScalarType;
using executorch::aten::SizesType;
using executorch::extension::Module;
using executorch::runtime::Error;
using executorch::runtime::EValue;

Module& module_of(jlong peer) { return *reinterpret_cast<Module*>(peer); }

void raise(JNIEnv* env, Error error, const std::string& doing) {
    jclass type = env->FindClass("org/pytorch/executorch/ExecutorchRuntimeException");
    jmethodID make = env->GetMethodID(type, "<init>", "(ILjava/lang/String;)V");
    jobject thrown = env->NewObject(type, make, static_cast<jint>(error), env->NewStringUTF(doing.c_str()));
    env->Throw(static_cast<jthrowable>(thrown));
}

}  // namespace

extern "C" {

JNIEXPORT jlong JNICALL Java_org_pytorch_executorch_Module_loadNative(JNIEnv* env, jclass, jstring path, jint mode,
                                                                      jint threads) {
    auto module = std::make_unique<Module>(shim::text(env, path), static_cast<Module::LoadMode>(mode));
    if (threads > 0) {
        executorch::extension::threadpool::get_threadpool()->_unsafe_reset_threadpool(
            static_cast<std::uint32_t>(threads));
    }
    const Error error = module->load();
    if (error != Error::Ok) {
        raise(env, error, "loading " + shim::text(env, path));
        return 0;
    }
    return reinterpret_cast<jlong>(module.release());
}

JNIEXPORT jobjectArray JNICALL Java_org_pytorch_executorch_Module_executeNative(JNIEnv* env, jclass, jlong peer,
                                                                                jstring method, jintArray types,
                                                                                jobjectArray shapes,
                                                                                jobjectArray data) {
    const std::vector<jint> codes = shim::ints(env, types);
    std::vector<executorch::extension::TensorPtr> tensors;
    std::vector<EValue> values;
    for (std::size_t i = 0; i < codes.size(); ++i) {
        tensors.push_back(executorch::extension::from_blob(shim::address(env, data, i),
                                                           shim::sides<SizesType>(env, shapes, i),
                                                           static_cast<ScalarType>(codes[i])));
        values.emplace_back(*tensors.back());
    }
    const auto result = module_of(peer).execute(shim::text(env, method), values);
    if (!result.ok()) {
        raise(env, result.error(), "executing " + shim::text(env, method));
        return nullptr;
    }
    const char* const type = "org/pytorch/executorch/Tensor";
    jobjectArray outputs = env->NewObjectArray(static_cast<jsize>(result->size()), env->FindClass(type), nullptr);
    for (std::size_t i = 0; i < result->size(); ++i) {
        const auto& tensor = (*result)[i].toTensor();
        const std::vector<jlong> shape(tensor.sizes().begin(), tensor.sizes().end());
        jobject item = shim::tensor(env, type, static_cast<int>(tensor.scalar_type()), shape, tensor.const_data_ptr(),
                                    tensor.nbytes());
        if (env->ExceptionCheck()) return nullptr;
        env->SetObjectArrayElement(outputs, static_cast<jsize>(i), item);
    }
    return outputs;
}

JNIEXPORT jobjectArray JNICALL Java_org_pytorch_executorch_Module_methodsNative(JNIEnv* env, jclass, jlong peer) {
    const auto names = module_of(peer).method_names();
    if (!names.ok()) {
        raise(env, names.error(), "reading the methods' names");
        return nullptr;
    }
    jobjectArray result =
        env->NewObjectArray(static_cast<jsize>(names->size()), env->FindClass("java/lang/String"), nullptr);
    jsize index = 0;
    for (const std::string& name : *names) {
        env->SetObjectArrayElement(result, index++, env->NewStringUTF(name.c_str()));
    }
    return result;
}

JNIEXPORT void JNICALL Java_org_pytorch_executorch_Module_destroyNative(JNIEnv*, jclass, jlong peer) {
    delete &module_of(peer);
}

}  // extern "C"
