import Foundation

/// A tensor's type and shape.
open class ORTTensorTypeAndShapeInfo {
    open var elementType: ORTTensorElementDataType
    open var shape: [NSNumber]

    init(elementType: ORTTensorElementDataType, shape: [NSNumber]) {
        self.elementType = elementType
        self.shape = shape
    }
}

/// A tensor that goes into a model or comes out of it.
open class ORTValue {
    let data: NSMutableData
    let info: ORTTensorTypeAndShapeInfo

    /// The bytes of `tensorData`, which are the caller's. Throws where they are not as many as the shape says.
    public init(tensorData: NSMutableData, elementType: ORTTensorElementDataType, shape: [NSNumber]) throws {
        let count = shape.reduce(1) { $0 * $1.intValue }
        let sizes: [ORTTensorElementDataType: Int] = [.int8: 1, .uInt8: 1, .int64: 8, .uInt64: 8]
        guard tensorData.length == count * (sizes[elementType] ?? 4) else {
            throw failure("not enough space: expected \(count) elements, got \(tensorData.length) bytes")
        }
        data = tensorData
        info = ORTTensorTypeAndShapeInfo(elementType: elementType, shape: shape)
    }

    /// The type and the shape.
    open func tensorTypeAndShapeInfo() throws -> ORTTensorTypeAndShapeInfo { info }

    /// The bytes themselves, not a copy.
    open func tensorData() throws -> NSMutableData { data }
}

/// What the bindings throw.
func failure(_ text: String) -> NSError {
    NSError(domain: "onnxruntime", code: 1, userInfo: [NSLocalizedDescriptionKey: text])
}
