// As much of Apple's Foundation as TorchModule.mm uses, declared for clang on Linux. Nothing of it can be run.
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef signed char BOOL;
#define YES ((BOOL)1)
#define NO ((BOOL)0)
#define nil nullptr
typedef long NSInteger;
typedef unsigned long NSUInteger;
typedef struct _NSZone NSZone;

#define NS_ASSUME_NONNULL_BEGIN _Pragma("clang assume_nonnull begin")
#define NS_ASSUME_NONNULL_END _Pragma("clang assume_nonnull end")
#define NS_ENUM(type, name) enum name : type name; enum name : type
#define NS_SWIFT_NAME(name) __attribute__((swift_name(#name)))
#define NS_UNAVAILABLE __attribute__((unavailable))
#define NS_DESIGNATED_INITIALIZER __attribute__((objc_designated_initializer))

__attribute__((objc_root_class))
@interface NSObject
+ (instancetype)alloc;
+ (instancetype)new;
- (instancetype)init;
@end

@protocol NSCopying
- (id)copyWithZone:(NSZone *)zone;
@end

typedef struct {
    unsigned long state;
    id __unsafe_unretained _Nullable *_Nullable itemsPtr;
    unsigned long *_Nullable mutationsPtr;
    unsigned long extra[5];
} NSFastEnumerationState;

@interface NSString : NSObject <NSCopying>
+ (nullable instancetype)stringWithUTF8String:(const char *)text;
@property (readonly, nullable) const char *UTF8String;
@property (readonly) const char *fileSystemRepresentation;
@end

@interface NSNumber : NSObject
+ (NSNumber *)numberWithLongLong:(long long)value;
+ (NSNumber *)numberWithLong:(long)value;
@property (readonly) long long longLongValue;
@end

@interface NSData : NSObject
+ (instancetype)dataWithBytes:(nullable const void *)bytes length:(NSUInteger)length;
@property (readonly) const void *bytes;
@property (readonly) NSUInteger length;
@end

@interface NSArray<Item> : NSObject
- (NSArray<Item> *)copy;
@property (readonly) NSUInteger count;
- (NSUInteger)countByEnumeratingWithState:(NSFastEnumerationState *)state
                                  objects:(id __unsafe_unretained _Nullable *)objects
                                    count:(NSUInteger)count;
@end

@interface NSMutableArray<Item> : NSArray <Item>
+ (instancetype)array;
+ (instancetype)arrayWithCapacity:(NSUInteger)count;
- (void)addObject:(Item)item;
@end

@interface NSDictionary<Key, Value> : NSObject
+ (instancetype)dictionaryWithObjects:(const id _Nonnull *)values
                              forKeys:(const id<NSCopying> _Nonnull *)keys
                                count:(NSUInteger)count;
@end

typedef NSString *NSErrorUserInfoKey;
extern NSErrorUserInfoKey const NSLocalizedDescriptionKey;

@interface NSError : NSObject
+ (instancetype)errorWithDomain:(NSString *)domain code:(NSInteger)code userInfo:(nullable NSDictionary *)info;
@end
