// What both shims need of JNI: exceptions, and Java's arrays as C++ vectors.
#pragma once

#include <jni.h>

#include <cstdint>
#include <string>
#include <vector>

namespace shim {

inline void raise(JNIEnv* env, const char* type, const std::string& message) {
    if (!env->ExceptionCheck()) env->ThrowNew(env->FindClass(type), message.c_str());
}

inline std::string text(JNIEnv* env, jstring value) {
    const char* bytes = env->GetStringUTFChars(value, nullptr);
    std::string result(bytes);
    env->ReleaseStringUTFChars(value, bytes);
    return result;
}

inline std::vector<jint> ints(JNIEnv* env, jintArray array) {
    std::vector<jint> values(static_cast<std::size_t>(env->GetArrayLength(array)));
    env->GetIntArrayRegion(array, 0, static_cast<jsize>(values.size()), values.data());
    return values;
}

// The sides of tensor `index` of a `long[][]`.
template <class T>
std::vector<T> sides(JNIEnv* env, jobjectArray shapes, std::size_t index) {
    auto array = static_cast<jlongArray>(env->GetObjectArrayElement(shapes, static_cast<jsize>(index)));
    std::vector<jlong> values(static_cast<std::size_t>(env->GetArrayLength(array)));
    env->GetLongArrayRegion(array, 0, static_cast<jsize>(values.size()), values.data());
    return std::vector<T>(values.begin(), values.end());
}

// The first byte of direct buffer `index`; the Java side lets none but direct buffers come here.
inline void* address(JNIEnv* env, jobjectArray buffers, std::size_t index) {
    return env->GetDirectBufferAddress(env->GetObjectArrayElement(buffers, static_cast<jsize>(index)));
}

// `Tensor.output(int dtype, long[] shape, ByteBuffer bytes)` of the package's test-only class, whose view the bytes
// are: nothing is copied here.
inline jobject tensor(JNIEnv* env, const char* type, int dtype, const std::vector<jlong>& shape, const void* bytes,
                      std::size_t count) {
    jlongArray sides = env->NewLongArray(static_cast<jsize>(shape.size()));
    env->SetLongArrayRegion(sides, 0, static_cast<jsize>(shape.size()), shape.data());
    jobject view = env->NewDirectByteBuffer(const_cast<void*>(bytes), static_cast<jlong>(count));
    jclass tensors = env->FindClass(type);
    const std::string signature = "(I[JLjava/nio/ByteBuffer;)L" + std::string(type) + ";";
    jmethodID output = env->GetStaticMethodID(tensors, "output", signature.c_str());
    return env->CallStaticObjectMethod(tensors, output, dtype, sides, view);
}

}  // namespace shim
