// SPDX-License-Identifier: MIT-0
import Foundation
import XCTest

@testable import ModelKit

/// Where the goldens are, and how they are compared: by bits.
enum Goldens {
    /// A file of Generated/goldens.
    static func url(_ file: String) throws -> URL {
        let url = TestResources.bundle.url(forResource: "goldens", withExtension: nil)
        return try XCTUnwrap(url, "the goldens are not in the tests' bundle").appendingPathComponent(file)
    }

    /// An array of Generated/goldens.
    static func read(_ file: String) throws -> Tensor {
        try Npy.read(url(file))
    }

    /// Compares byte for byte. The failure names the first number that differs, both values and their bits,
    /// and how many differ.
    static func assertSame(
        _ place: String,
        _ expected: Tensor,
        _ actual: Tensor,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        guard expected.dtype == actual.dtype, expected.shape == actual.shape else {
            XCTFail("\(place): expected \(expected), got \(actual)", file: file, line: line)
            return
        }
        guard expected.bytes != actual.bytes else { return }
        let size = expected.dtype.byteCount
        let differing = (0..<expected.count).filter { bits(expected, $0, size) != bits(actual, $0, size) }
        let first = differing[0]
        XCTFail(
            "\(place): differs at \(position(expected.shape, first)) of \(expected): "
                + "expected \(show(expected, first)), got \(show(actual, first)); "
                + "\(differing.count) of \(expected.count) values differ",
            file: file,
            line: line
        )
    }

    private static func bits(_ tensor: Tensor, _ index: Int, _ size: Int) -> ArraySlice<UInt8> {
        tensor.bytes[index * size..<(index + 1) * size]
    }

    /// As `0.59375 (0x3f180000)`.
    private static func show(_ tensor: Tensor, _ index: Int) -> String {
        let digits = bits(tensor, index, tensor.dtype.byteCount).reversed().map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        return "\(tensor.floats[index]) (0x\(digits.joined()))"
    }

    /// As `[0, 2, 13, 7]`.
    private static func position(_ shape: [Int], _ index: Int) -> [Int] {
        var rest = index
        return shape.reversed().map { side in
            defer { rest /= side }
            return rest % side
        }.reversed()
    }
}
