// Core Foundation's types as Swift sees them on Apple's systems: bridged to Foundation's. Linux' Foundation bridges
// String, Data and Dictionary to its classes by `as`; so with these names the same `as CFString` compiles.

import Foundation

public typealias CFTypeRef = AnyObject
public typealias CFTypeID = UInt
public typealias CFIndex = Int
public typealias CFString = NSString
public typealias CFData = NSData
public typealias CFMutableData = NSMutableData
public typealias CFDictionary = NSDictionary
public typealias CFMutableDictionary = NSMutableDictionary
public typealias CFArray = NSArray
public typealias CFNumber = NSNumber
public typealias CFBoolean = NSNumber
public typealias CFURL = NSURL
public typealias CFAllocator = NSObject
public typealias OSType = UInt32
public typealias OSStatus = Int32
public typealias FourCharCode = UInt32

public nonisolated(unsafe) let kCFAllocatorDefault: CFAllocator! = nil
public nonisolated(unsafe) let kCFBooleanTrue: CFBoolean! = nil
public nonisolated(unsafe) let kCFBooleanFalse: CFBoolean! = nil

public func CFGetTypeID(_ cf: CFTypeRef!) -> CFTypeID { fatalError() }
public func CFEqual(_ cf1: CFTypeRef!, _ cf2: CFTypeRef!) -> Bool { fatalError() }
public func CFDataGetBytePtr(_ theData: CFData!) -> UnsafePointer<UInt8>! { fatalError() }
public func CFDataGetMutableBytePtr(_ theData: CFMutableData!) -> UnsafeMutablePointer<UInt8>! { fatalError() }
public func CFDataGetLength(_ theData: CFData!) -> CFIndex { fatalError() }
public func CFDataCreateMutable(_ allocator: CFAllocator!, _ capacity: CFIndex) -> CFMutableData! { fatalError() }
