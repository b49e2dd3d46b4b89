// SPDX-License-Identifier: MIT-0
#import "TorchModule.h"

#import <Libtorch-Lite/Libtorch-Lite.h>

#include <exception>
#include <vector>

static NSError *Problem(const char *words) {
    NSString *text = [NSString stringWithUTF8String:words] ?: @"PyTorch gave no reason.";
    return [NSError errorWithDomain:@"PyTorch" code:1 userInfo:@{NSLocalizedDescriptionKey : text}];
}

static at::ScalarType TypeOf(TorchScalar scalar) {
    switch (scalar) {
        case TorchScalarUInt8: return at::kByte;
        case TorchScalarInt8: return at::kChar;
        case TorchScalarInt32: return at::kInt;
        case TorchScalarInt64: return at::kLong;
        case TorchScalarFloat64: return at::kDouble;
        case TorchScalarFloat32:
        case TorchScalarOther: return at::kFloat;
    }
    return at::kFloat;
}

static TorchScalar ScalarOf(at::ScalarType type) {
    switch (type) {
        case at::kByte: return TorchScalarUInt8;
        case at::kChar: return TorchScalarInt8;
        case at::kInt: return TorchScalarInt32;
        case at::kLong: return TorchScalarInt64;
        case at::kFloat: return TorchScalarFloat32;
        case at::kDouble: return TorchScalarFloat64;
        default: return TorchScalarOther;
    }
}

@implementation TorchArray

- (instancetype)initWithData:(NSData *)data shape:(NSArray<NSNumber *> *)shape scalar:(TorchScalar)scalar {
    self = [super init];
    if (self != nil) {
        _data = data;
        _shape = [shape copy];
        _scalar = scalar;
    }
    return self;
}

@end

/// The same memory, seen by PyTorch, which does not write to it.
static at::Tensor Borrowed(TorchArray *array) {
    std::vector<int64_t> sizes;
    for (NSNumber *side in array.shape) {
        sizes.push_back(side.longLongValue);
    }
    return torch::from_blob(const_cast<void *>(array.data.bytes), sizes, TypeOf(array.scalar));
}

/// A copy: PyTorch's memory is freed with its tensor.
static TorchArray *Copied(const at::Tensor &given) {
    const at::Tensor tensor = given.contiguous();
    NSMutableArray<NSNumber *> *shape = [NSMutableArray array];
    for (const int64_t side : tensor.sizes()) {
        [shape addObject:@(side)];
    }
    NSData *data = [NSData dataWithBytes:tensor.data_ptr() length:tensor.nbytes()];
    return [[TorchArray alloc] initWithData:data shape:shape scalar:ScalarOf(tensor.scalar_type())];
}

/// forward() may return one tensor, a tuple or a list of them.
static void Collect(const c10::IValue &value, NSMutableArray<TorchArray *> *into) {
    if (value.isTensor()) {
        [into addObject:Copied(value.toTensor())];
    } else if (value.isTensorList()) {
        for (const at::Tensor &tensor : value.toTensorVector()) {
            [into addObject:Copied(tensor)];
        }
    } else {
        for (const c10::IValue &element : value.toTupleRef().elements()) {
            Collect(element, into);
        }
    }
}

@implementation TorchModule {
    torch::jit::mobile::Module _module;
}

- (nullable instancetype)initWithPath:(NSString *)path error:(NSError **)error {
    self = [super init];
    if (self == nil) {
        return nil;
    }
    try {
        _module = torch::jit::_load_for_mobile(path.UTF8String);
    } catch (const std::exception &exception) {
        if (error != nullptr) {
            *error = Problem(exception.what());
        }
        return nil;
    }
    return self;
}

- (nullable NSArray<TorchArray *> *)forward:(NSArray<TorchArray *> *)inputs error:(NSError **)error {
    try {
        c10::InferenceMode guard;
        std::vector<c10::IValue> values;
        for (TorchArray *input in inputs) {
            values.emplace_back(Borrowed(input));
        }
        NSMutableArray<TorchArray *> *outputs = [NSMutableArray array];
        Collect(_module.forward(values), outputs);
        return outputs;
    } catch (const std::exception &exception) {
        if (error != nullptr) {
            *error = Problem(exception.what());
        }
        return nil;
    }
}

@end
