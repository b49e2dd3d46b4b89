// SPDX-License-Identifier: MIT-0
#import <Foundation/Foundation.h>

NS_ASSUME_NONNULL_BEGIN

/// What PyTorch calls a number's type.
typedef NS_ENUM(NSInteger, TorchScalar) {
    TorchScalarUInt8,
    TorchScalarInt8,
    TorchScalarInt32,
    TorchScalarInt64,
    TorchScalarFloat32,
    TorchScalarFloat64,
    /// One that the others do not name.
    TorchScalarOther,
} NS_SWIFT_NAME(TorchModule.Scalar);

/// An array of numbers in C order.
NS_SWIFT_NAME(TorchModule.Array)
@interface TorchArray : NSObject

/// `data` is not copied where it is immutable.
- (instancetype)initWithData:(NSData *)data
                       shape:(NSArray<NSNumber *> *)shape
                      scalar:(TorchScalar)scalar NS_DESIGNATED_INITIALIZER;
- (instancetype)init NS_UNAVAILABLE;

@property(nonatomic, readonly) NSData *data;
@property(nonatomic, readonly) NSArray<NSNumber *> *shape;
@property(nonatomic, readonly) TorchScalar scalar;

@end

/// A model of PyTorch's lite interpreter: the bridge from C++, whose exceptions Swift cannot catch. Not
/// thread-safe.
@interface TorchModule : NSObject

/// Loads a `.ptl` file.
- (nullable instancetype)initWithPath:(NSString *)path error:(NSError **)error NS_DESIGNATED_INITIALIZER;
- (instancetype)init NS_UNAVAILABLE;

/// Runs `forward`. The inputs are borrowed for the call, the outputs are copies.
- (nullable NSArray<TorchArray *> *)forward:(NSArray<TorchArray *> *)inputs
                                      error:(NSError **)error NS_SWIFT_NAME(forward(_:));

@end

NS_ASSUME_NONNULL_END
