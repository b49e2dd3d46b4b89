// TorchModule.h as Swift imports it; `test_app_types.py` compares the names.

import Foundation

final class TorchModule {
    enum Scalar: Int, @unchecked Sendable {
        case uInt8, int8, int32, int64, float32, float64, other
    }

    final class Array: NSObject {
        init(data: Data, shape: [NSNumber], scalar: TorchModule.Scalar) { fatalError() }
        var data: Data { fatalError() }
        var shape: [NSNumber] { fatalError() }
        var scalar: TorchModule.Scalar { fatalError() }
    }

    init(path: String) throws { fatalError() }
    func forward(_ inputs: [TorchModule.Array]) throws -> [TorchModule.Array] { fatalError() }
}
