// The types that a tensor has elements of.

import Foundation

extension UInt8: Scalar {
    public static var dataType: DataType { fatalError() }
    public func asNSNumber() -> NSNumber { fatalError() }
}

extension Int8: Scalar {
    public static var dataType: DataType { fatalError() }
    public func asNSNumber() -> NSNumber { fatalError() }
}

extension Int16: Scalar {
    public static var dataType: DataType { fatalError() }
    public func asNSNumber() -> NSNumber { fatalError() }
}

extension Int32: Scalar {
    public static var dataType: DataType { fatalError() }
    public func asNSNumber() -> NSNumber { fatalError() }
}

extension Int64: Scalar {
    public static var dataType: DataType { fatalError() }
    public func asNSNumber() -> NSNumber { fatalError() }
}

extension Int: Scalar {
    public static var dataType: DataType { fatalError() }
    public func asNSNumber() -> NSNumber { fatalError() }
}

extension Float: Scalar {
    public static var dataType: DataType { fatalError() }
    public func asNSNumber() -> NSNumber { fatalError() }
}

extension Double: Scalar {
    public static var dataType: DataType { fatalError() }
    public func asNSNumber() -> NSNumber { fatalError() }
}

extension Bool: Scalar {
    public static var dataType: DataType { fatalError() }
    public func asNSNumber() -> NSNumber { fatalError() }
}

extension UInt16: Scalar {
    public static var dataType: DataType { fatalError() }
    public func asNSNumber() -> NSNumber { fatalError() }
}

extension UInt32: Scalar {
    public static var dataType: DataType { fatalError() }
    public func asNSNumber() -> NSNumber { fatalError() }
}

extension UInt64: Scalar {
    public static var dataType: DataType { fatalError() }
    public func asNSNumber() -> NSNumber { fatalError() }
}

extension UInt: Scalar {
    public static var dataType: DataType { fatalError() }
    public func asNSNumber() -> NSNumber { fatalError() }
}
