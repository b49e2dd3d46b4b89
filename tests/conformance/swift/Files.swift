#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#endif

/// What a program of the tests ends with where its files are not as they must be.
func stop(_ words: String, code: Int32 = 1) -> Never {
    var line = "\(words)\n"
    line.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
    exit(code)
}

/// A whole file. Never freed: the program ends with it.
func readFile(_ path: String) -> UnsafeBufferPointer<UInt8> {
    guard let file = fopen(path, "rb") else { stop("cannot read \(path)") }
    defer { fclose(file) }
    fseek(file, 0, SEEK_END)
    let count = ftell(file)
    rewind(file)
    let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: count)
    guard fread(bytes.baseAddress, 1, count, file) == count else { stop("cannot read all of \(path)") }
    return UnsafeBufferPointer(bytes)
}

/// A file that is written from its beginning.
final class OutputFile {
    private let file: UnsafeMutablePointer<FILE>

    init(_ path: String) {
        guard let file = fopen(path, "wb") else { stop("cannot write \(path)") }
        self.file = file
    }

    deinit {
        if fclose(file) != 0 { stop("a file was not written to its end") }
    }

    func write(_ bytes: UnsafeRawBufferPointer) {
        guard fwrite(bytes.baseAddress, 1, bytes.count, file) == bytes.count else { stop("the disk is full") }
    }

    func write(_ text: String) {
        var text = text
        text.withUTF8 { write(UnsafeRawBufferPointer($0)) }
    }
}
