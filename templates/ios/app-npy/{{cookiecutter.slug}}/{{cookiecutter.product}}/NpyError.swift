// SPDX-License-Identifier: MIT-0
import Foundation
import ModelKit

/// Why a file cannot be an input.
enum NpyError: LocalizedError, Equatable {
    case other
    case tooShort
    case tooLong
    case fortranOrder
    case dtype(found: String, expected: DType)
    case shape(found: [Int], expected: TensorInfo)

    var errorDescription: String? {
        switch self {
        case .other:
            String(localized: "The file is no array that numpy.save wrote.")
        case .tooShort:
            String(localized: "The file ends too early.")
        case .tooLong:
            String(localized: "The file holds more than one array.")
        case .fortranOrder:
            String(localized: "The file's numbers are in Fortran order.")
        case .dtype(let found, let expected):
            String(localized: "The file's numbers are \(found), the input takes \(expected.description).")
        case .shape(let found, let expected):
            String(localized: "The file is \(found.description), the input is \(expected.description).")
        }
    }

    var recoverySuggestion: String? {
        switch self {
        case .fortranOrder: String(localized: "Save numpy.ascontiguousarray(array).")
        case .dtype(_, let expected): String(localized: "Save array.astype(\"\(expected.description)\").")
        case .other, .tooShort, .tooLong, .shape: String(localized: "Choose another file.")
        }
    }
}
