// Core Foundation's types, which are Foundation's own on Linux.
import Foundation

public typealias CFTypeRef = AnyObject
public typealias CFIndex = Int
public typealias CFString = NSString
public typealias CFData = NSData
public typealias CFMutableData = NSMutableData
public typealias CFDictionary = NSDictionary
public typealias CFArray = NSArray
public typealias CFURL = NSURL
public typealias CFAllocator = NSObject
public typealias OSType = UInt32
public typealias OSStatus = Int32

public nonisolated(unsafe) let kCFAllocatorDefault: CFAllocator! = nil

public func CFDataGetBytePtr(_ theData: CFData!) -> UnsafePointer<UInt8>! {
    theData.bytes.assumingMemoryBound(to: UInt8.self)
}

public func CFDataGetLength(_ theData: CFData!) -> CFIndex { theData.length }
