// SPDX-License-Identifier: MIT-0
import Foundation

/// The model's file in the bundle. The runtimes trust a file whose structure looks right, and crash or answer
/// nonsense where the rest is another model's; so it is looked at first. The system has verified the app's
/// signature, so this need not find a flipped bit: it finds a file that was cut off, or left from another
/// export.
enum ModelFile {
    /// So many bytes at the beginning and at the end are compared.
    private static let sampledByteCount = 1 << 16

    /// Where the model is.
    ///
    /// - Throws: ``ModelError/missing(file:)``, ``ModelError/truncated(file:byteCount:expected:)`` or
    ///   ``ModelError/foreign(file:problem:)``.
    static func url(in bundle: Bundle = Resources.bundle) throws(ModelError) -> URL {
        let file = ModelSpec.modelFile
        guard let url = bundle.url(forResource: file, withExtension: nil),
            let handle = try? FileHandle(forReadingFrom: url)
        else {
            throw .missing(file: file)
        }
        defer { try? handle.close() }
        guard let end = try? handle.seekToEnd() else { throw .missing(file: file) }
        let byteCount = Int(end)
        guard byteCount >= ModelSpec.modelByteCount else {
            throw .truncated(file: file, byteCount: byteCount, expected: ModelSpec.modelByteCount)
        }
        guard byteCount == ModelSpec.modelByteCount else {
            let problem = "it has \(byteCount) bytes, not \(ModelSpec.modelByteCount)"
            throw .foreign(file: file, problem: problem)
        }
        guard let digest = try? digest(of: handle, byteCount: byteCount), digest == ModelSpec.modelDigest
        else {
            throw .foreign(file: file, problem: "it has other contents")
        }
        return url
    }

    /// The FNV-1a hash, of 64 bits, of the file's first and last bytes.
    static func digest(of handle: FileHandle, byteCount: Int) throws -> UInt64 {
        var digest: UInt64 = 0xCBF2_9CE4_8422_2325
        for start in [0, max(0, byteCount - sampledByteCount)] {
            try handle.seek(toOffset: UInt64(start))
            for byte in try handle.read(upToCount: sampledByteCount) ?? Data() {
                digest = (digest ^ UInt64(byte)) &* 0x100_0000_01B3
            }
        }
        return digest
    }
}
