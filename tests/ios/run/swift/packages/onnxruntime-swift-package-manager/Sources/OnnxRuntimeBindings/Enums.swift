/// How much is logged.
public enum ORTLoggingLevel: Int32 {
    case verbose, info, warning, error, fatal
}

/// What a tensor's elements are. ONNX Runtime's own types that are not here cannot be used from Swift.
public enum ORTTensorElementDataType: Int32 {
    case undefined, float, int8, uInt8, int32, uInt32, int64, uInt64, string

    /// The number of ONNXTensorElementDataType.
    var native: Int32 {
        switch self {
        case .undefined: return 0
        case .float: return 1
        case .uInt8: return 2
        case .int8: return 3
        case .int32: return 6
        case .int64: return 7
        case .string: return 8
        case .uInt32: return 12
        case .uInt64: return 13
        }
    }

    /// The type with the number of ONNXTensorElementDataType; nil where Swift has none.
    init?(native: Int32) {
        let all: [ORTTensorElementDataType] = [.float, .int8, .uInt8, .int32, .uInt32, .int64, .uInt64, .string]
        guard let found = all.first(where: { $0.native == native }) else { return nil }
        self = found
    }
}

/// How a graph is optimised when it is loaded.
public enum ORTGraphOptimizationLevel: Int32 {
    case none, basic, extended, all
}
