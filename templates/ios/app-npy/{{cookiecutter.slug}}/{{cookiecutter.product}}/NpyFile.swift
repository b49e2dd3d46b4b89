// SPDX-License-Identifier: MIT-0
import ModelKit

/// The arrays that `numpy.save` writes, as input tensors.
///
///     93 4E 55 4D 50 59   major minor   length   {'descr': '<f4', 'fortran_order': False, 'shape': (1, 4), }
///     magic               version       2 or 4   header, padded with blanks; then the numbers
///
/// Little endian and in C order, which is what NumPy writes on every machine of today; anything else is refused
/// in words.
enum NpyFile {
    private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

    /// The array for an input. Throws ``NpyError`` when it is none, or of another dtype or shape.
    static func tensor(for info: TensorInfo, from file: [UInt8]) throws -> Tensor {
        let (header, begin) = try header(of: file)
        guard let descr = quoted("'descr':", in: header), let shape = shape(in: header) else {
            throw NpyError.other
        }
        guard descr == self.descr(info.dtype) else {
            throw NpyError.dtype(found: descr, expected: info.dtype)
        }
        guard shape.count < 2 || !header.contains("'fortran_order': True") else {
            throw NpyError.fortranOrder
        }
        guard info.fits(dtype: info.dtype, shape: shape) else {
            throw NpyError.shape(found: shape, expected: info)
        }
        let numbers = Array(file[begin...])
        let byteCount = shape.reduce(info.dtype.byteCount, *)
        guard numbers.count == byteCount else {
            throw numbers.count < byteCount ? NpyError.tooShort : NpyError.tooLong
        }
        return try Tensor(bytes: numbers, dtype: info.dtype, shape: shape)
    }

    /// The header, and where the numbers begin.
    private static func header(of file: [UInt8]) throws(NpyError) -> (String, begin: Int) {
        guard file.starts(with: magic) else { throw .other }
        guard file.count > 12 else { throw .tooShort }
        let major = file[6]
        let (length, begin): (Int, Int)
        switch major {
        case 1: (length, begin) = (Int(file[8]) | Int(file[9]) << 8, 10)
        case 2, 3: (length, begin) = ((0..<4).reduce(0) { $0 | Int(file[8 + $1]) << (8 * $1) }, 12)
        default: throw .other
        }
        guard begin + length <= file.count else { throw .tooShort }
        return (String(decoding: file[begin..<begin + length], as: UTF8.self), begin + length)
    }

    /// The text in quotes behind a key.
    private static func quoted(_ key: String, in header: String) -> String? {
        header.firstRange(of: key).flatMap { range in
            let rest = header[range.upperBound...].drop { $0 == " " }
            guard rest.first == "'" else { return nil }
            return String(rest.dropFirst().prefix { $0 != "'" })
        }
    }

    private static func shape(in header: String) -> [Int]? {
        guard let key = header.firstRange(of: "'shape':") else { return nil }
        let rest = header[key.upperBound...].drop { $0 == " " }
        guard rest.first == "(", let end = rest.firstIndex(of: ")") else { return nil }
        let sides = rest[..<end].dropFirst().split(separator: ",").map { $0.filter { $0 != " " } }
        let shape = sides.filter { !$0.isEmpty }.map { Int($0) ?? -1 }
        return shape.allSatisfy { (0...Int(Int32.max)).contains($0) } ? shape : nil
    }

    /// NumPy's short name of a dtype, with the byte order that every device has.
    private static func descr(_ dtype: DType) -> String {
        switch dtype {
        case .float32: "<f4"
        case .float16: "<f2"
        case .float64: "<f8"
        case .int64: "<i8"
        case .int32: "<i4"
        case .int16: "<i2"
        case .int8: "|i1"
        case .uint8: "|u1"
        case .bool: "|b1"
        }
    }
}
