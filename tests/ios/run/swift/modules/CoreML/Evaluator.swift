import Foundation

#if canImport(Glibc)
import Glibc
#endif

/// The other process, which evaluates a stored program, or decodes a picture. It is asked through two named pipes in the folder that
/// EDGEGEN_EVALUATOR names: a line of JSON, then the bytes of its tensors, and the answer in the same form.
enum Evaluator {
    struct Problem: LocalizedError {
        let errorDescription: String?
        init(_ text: String) { errorDescription = text }
    }

    struct Tensor: Codable {
        let name: String
        let dtype: String
        let shape: [Int]
        let bytes: Int
    }

    struct Request: Codable {
        let model: String
        let inputs: [Tensor]?
    }

    struct Answer: Codable {
        let error: String?
        let inputs: [String]?
        let outputs: [Tensor]?
    }

    /// Whether it is to run ExecuTorch's programs as well.
    static var runsExecuTorch: Bool { ProcessInfo.processInfo.environment["EDGEGEN_EVALUATES_EXECUTORCH"] != nil }

    private static var folder: String? { ProcessInfo.processInfo.environment["EDGEGEN_EVALUATOR"] }

    /// The answer, and the bytes of its tensors one after the other.
    static func ask(_ request: Request, _ data: [Data]) throws -> (Answer, Data) {
        guard let folder else {
            throw Problem("there is no Core ML here, and EDGEGEN_EVALUATOR does not name who evaluates the model")
        }
        // One at a time: other processes may ask, too.
        let turn = open("\(folder)/turn", O_RDWR | O_CREAT, 0o600)
        flock(turn, LOCK_EX)
        defer { close(turn) }
        let (out, into) = (open("\(folder)/request", O_WRONLY), open("\(folder)/answer", O_RDONLY))
        defer {
            close(out)
            close(into)
        }
        guard out >= 0, into >= 0 else { throw Problem("nobody evaluates models in \(folder)") }
        try write(try JSONEncoder().encode(request) + Data("\n".utf8), to: out)
        for bytes in data { try write(bytes, to: out) }
        var header = Data()
        while header.last != UInt8(ascii: "\n") { header += try read(1, from: into) }
        let answer = try JSONDecoder().decode(Answer.self, from: header)
        if let error = answer.error { throw Problem(error) }
        return (answer, try read(answer.outputs?.reduce(0) { $0 + $1.bytes } ?? 0, from: into))
    }

    private static func write(_ data: Data, to file: Int32) throws {
        var rest = data[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            guard count > 0 else { throw Problem("the evaluator has gone") }
            rest = rest.dropFirst(count)
        }
    }

    private static func read(_ count: Int, from file: Int32) throws -> Data {
        var data = Data(count: count)
        var place = 0
        while place < count {
            let got = data.withUnsafeMutableBytes { bytes in
                Glibc.read(file, bytes.baseAddress?.advanced(by: place), count - place)
            }
            guard got > 0 else { throw Problem("the evaluator has gone") }
            place += got
        }
        return data
    }
}
