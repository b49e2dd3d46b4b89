/// What goes into a method and comes out of it. Only tensors, here.
public final class Value {
    /// The tensor; nil where the value is something else.
    public let anyTensor: AnyTensor?

    /// A tensor of any element type.
    public init(_ tensor: AnyTensor) {
        anyTensor = tensor
    }

    /// A tensor.
    public convenience init<T: Scalar>(_ tensor: Tensor<T>) {
        self.init(tensor.anyTensor)
    }

    public var isNone: Bool { anyTensor == nil }
    public var isTensor: Bool { anyTensor != nil }

    /// The tensor with its element type known; nil where it has another.
    public func tensor<T: Scalar>() -> Tensor<T>? {
        anyTensor?.asTensor()
    }
}

/// What can be made into a value.
public protocol ValueConvertible {
    func asValue() -> Value
}

/// What can be made from a value.
public protocol ValueConstructible {
    static func from(_ value: Value) throws -> Self
}

/// What can be made from all values that a method gives.
public protocol ValueSequenceConstructible {
    static func from(_ values: [Value]) throws -> Self
}

extension ValueSequenceConstructible where Self: ValueConstructible {
    public static func from(_ values: [Value]) throws -> Self {
        guard values.count == 1 else { throw Error(code: .invalidType) }
        return try from(values[0])
    }
}

extension Value: ValueConvertible {
    public func asValue() -> Value { self }
}

extension AnyTensor: ValueConvertible {
    public func asValue() -> Value { Value(self) }
}

extension Tensor: ValueConvertible, ValueConstructible, ValueSequenceConstructible {
    public func asValue() -> Value { Value(self) }

    public static func from(_ value: Value) throws -> Self {
        guard let tensor = value.anyTensor else {
            throw Error(code: .invalidType, description: "the value is no tensor")
        }
        guard tensor.dataType == T.dataType, let typed = Tensor<T>(tensor) as? Self else {
            throw Error(code: .invalidType, description: "the tensor holds \(tensor.dataType)")
        }
        return typed
    }
}
