// SPDX-License-Identifier: MIT-0
import Foundation

@testable import ModelKit

/// Reads the arrays of Generated/goldens: NumPy's .npy files, in C order and little endian.
enum Npy {
    struct Unreadable: Error {
        let file: String
        let problem: String
    }

    static func read(_ url: URL) throws -> Tensor {
        let all = [UInt8](try Data(contentsOf: url))
        // "\x93NUMPY", the version, and the length of the header in two bytes.
        let start = 10
        guard all.count > start, all.starts(with: [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1]) else {
            throw Unreadable(file: url.lastPathComponent, problem: "no .npy file of version 1")
        }
        let end = start + Int(all[8]) + Int(all[9]) << 8
        let header = String(decoding: all[start..<end], as: UTF8.self)
        guard let descr = part(of: header, after: "'descr': '", to: "'"),
            let shape = part(of: header, after: "'shape': (", to: ")"),
            let dtype = dtypes[String(descr.dropFirst())]
        else {
            throw Unreadable(file: url.lastPathComponent, problem: header)
        }
        let sides = shape.split(separator: ",").compactMap { Int($0.trimmingCharacters(in: .whitespaces)) }
        return try Tensor(bytes: [UInt8](all[end...]), dtype: dtype, shape: sides)
    }

    private static let dtypes: [String: DType] = [
        "f4": .float32, "f2": .float16, "f8": .float64, "i8": .int64, "i4": .int32, "i2": .int16, "i1": .int8,
        "u1": .uint8, "b1": .bool,
    ]

    private static func part(of text: String, after: String, to: String) -> Substring? {
        guard let start = text.range(of: after)?.upperBound,
            let end = text.range(of: to, range: start..<text.endIndex)?.lowerBound
        else { return nil }
        return text[start..<end]
    }
}
