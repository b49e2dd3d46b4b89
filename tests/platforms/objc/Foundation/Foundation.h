// As much of Foundation as the bridge names.
#pragma once
#include <cstddef>
#include <cstdint>
#define nil nullptr
typedef signed char BOOL;
typedef long NSInteger;
typedef unsigned long NSUInteger;
#define NS_ASSUME_NONNULL_BEGIN _Pragma("clang assume_nonnull begin")
#define NS_ASSUME_NONNULL_END _Pragma("clang assume_nonnull end")
#define NS_ENUM(_type, _name) enum _name : _type _name; enum _name : _type
#define NS_SWIFT_NAME(_name) __attribute__((swift_name(#_name)))
#define NS_DESIGNATED_INITIALIZER __attribute__((objc_designated_initializer))
#define NS_UNAVAILABLE __attribute__((unavailable))
NS_ASSUME_NONNULL_BEGIN
typedef struct {
    unsigned long state;
    __unsafe_unretained id _Nullable *_Nullable itemsPtr;
    unsigned long *_Nullable mutationsPtr;
    unsigned long extra[5];
} NSFastEnumerationState;
@protocol NSFastEnumeration
- (NSUInteger)countByEnumeratingWithState:(NSFastEnumerationState *)state objects:(__unsafe_unretained id _Nullable *_Nonnull)objects count:(NSUInteger)count;
@end
__attribute__((objc_root_class))
@interface NSObject
+ (instancetype)alloc;
- (instancetype)init;
- (id)copy;
@end
@interface NSNumber : NSObject
@property(readonly) long long longLongValue;
+ (NSNumber *)numberWithLong:(long)value;
+ (NSNumber *)numberWithLongLong:(long long)value;
@end
@interface NSString : NSObject
@property(readonly) const char *UTF8String;
+ (nullable instancetype)stringWithUTF8String:(const char *)bytes;
@end
@interface NSConstantString : NSString
@end
@interface NSData : NSObject
@property(readonly) const void *bytes;
+ (instancetype)dataWithBytes:(nullable const void *)bytes length:(NSUInteger)length;
@end
@interface NSArray<ObjectType> : NSObject <NSFastEnumeration>
@end
@interface NSMutableArray<ObjectType> : NSArray<ObjectType>
+ (instancetype)array;
- (void)addObject:(ObjectType)object;
@end
@interface NSDictionary<KeyType, ObjectType> : NSObject
+ (instancetype)dictionaryWithObjects:(const ObjectType _Nonnull[_Nullable])objects forKeys:(const KeyType _Nonnull[_Nullable])keys count:(NSUInteger)count;
@end
@interface NSError : NSObject
+ (instancetype)errorWithDomain:(NSString *)domain code:(NSInteger)code userInfo:(nullable NSDictionary *)info;
@end
extern NSString *const NSLocalizedDescriptionKey;
NS_ASSUME_NONNULL_END
