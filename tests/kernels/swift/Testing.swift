#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#endif

/// A test: its name is the claim.
struct Test {
    let name: String
    let run: () throws -> Void

    init(_ name: String, _ run: @escaping () throws -> Void) {
        self.name = name
        self.run = run
    }
}

/// Why a test has failed.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ words: String, _ line: Int) {
        description = "line \(line): \(words)"
    }
}

/// Runs tests and ends the program.
///
///     program [--list | NAME …]
func runTests(_ tests: [Test]) -> Never {
    let arguments = CommandLine.arguments.dropFirst()
    if arguments == ["--list"] {
        for name in tests.map(\.name).sorted() { print(name) }
        exit(0)
    }
    var failed = 0
    for name in arguments.isEmpty ? tests.map(\.name) : Array(arguments) {
        guard let test = tests.first(where: { $0.name == name }) else {
            print("no test \(name)")
            failed += 1
            continue
        }
        do {
            try test.run()
            print("ok      \(name)")
            fflush(nil)  // a test after it may crash
        } catch {
            print("FAILED  \(name)\n    \(error)")
            failed += 1
        }
    }
    exit(failed == 0 ? 0 : 1)
}

func check(_ claim: Bool, line: Int = #line) throws {
    if !claim { throw Failure("the claim does not hold", line) }
}

func checkEqual<Value: Equatable>(_ got: Value, _ expected: Value, line: Int = #line) throws {
    if got != expected { throw Failure("\n    expected \(expected)\n    got      \(got)", line) }
}

/// Fails unless the call is refused with these words in the reason.
func checkRefused(_ words: String, line: Int = #line, _ call: () throws -> Any) throws {
    do {
        _ = try call()
    } catch let refusal as KernelError {
        guard refusal.description.hasPrefix("edgegen: "), refusal.description.contains(words) else {
            throw Failure("refused with: \(refusal); expected: \(words)", line)
        }
        return
    }
    throw Failure("not refused; expected: \(words)", line)
}

/// Bytes in memory of exactly their length, so that AddressSanitizer sees whatever touches another one. Never
/// freed: images of it may be made and kept anywhere in a test.
func memory(_ bytes: [UInt8]) -> UnsafeMutableBufferPointer<UInt8> {
    let memory = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
    _ = memory.initialize(from: bytes)
    return memory
}

func borrowed(_ bytes: [UInt8]) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(memory(bytes))
}

/// Levels that look random and are the same in every run; a third is 0 or 255.
func noise(_ count: Int, _ seed: Int) -> [UInt8] {
    var state = UInt32(truncatingIfNeeded: seed) &* 0x9E37_79B1 &+ 1
    return (0..<count).map { _ in
        state = state &* 1_664_525 &+ 1_013_904_223
        let top = UInt8(truncatingIfNeeded: state >> 24)
        return top < 43 ? 0 : top < 86 ? 255 : top
    }
}

func image(_ pixels: [UInt8], width: Int, height: Int, bytesPerRow: Int? = nil) throws -> RgbImage {
    try RgbImage(borrowed(pixels), width: width, height: height, bytesPerRow: bytesPerRow ?? width * 3)
}

func noiseImage(height: Int, width: Int, _ seed: Int = 1) throws -> RgbImage {
    try image(noise(height * width * 3, seed), width: width, height: height)
}

/// An image of gray pixels, one for each level.
func grayImage(height: Int, width: Int, _ levels: [UInt8]) throws -> RgbImage {
    try image(levels.flatMap { [$0, $0, $0] }, width: width, height: height)
}

/// An image's pixels, without the gaps between its rows.
func pixels(of image: RgbImage) -> [UInt8] {
    (0..<image.height).flatMap { y in
        UnsafeBufferPointer(start: image.at(0, y), count: image.width * 3)
    }
}

func picture(_ photo: RgbImage, _ order: PassOrder = .pillow13) throws -> Picture {
    try Workspace().picture(photo, order)
}

/// What is in letters, a gray level to each: `AB/CD` for two rows of two.
func letters(_ image: RgbImage) -> String {
    (0..<image.height).map { y in
        String(decoding: (0..<image.width).map { image.at($0, y).pointee }, as: UTF8.self)
    }.joined(separator: "/")
}

/// A camera's frame as a generated project reads it: turned as it is converted, and only what is needed.
final class Frame: PixelSource {
    enum Samples {
        case yuv(YuvFrame)
        case packed(PackedPixels)
    }

    var samples: Samples
    private let storedWidth: Int
    private let storedHeight: Int
    private let turn: Turn

    init(_ samples: Samples, width: Int, height: Int, exif: Int) {
        self.samples = samples
        storedWidth = width
        storedHeight = height
        turn = Turn(exif: exif)
    }

    var width: Int { turn.exchangesSides ? storedHeight : storedWidth }
    var height: Int { turn.exchangesSides ? storedWidth : storedHeight }

    func read(_ window: Window, into out: RgbBuffer) throws(KernelError) {
        let crop = turn.stored(window, width: storedWidth, height: storedHeight)
        switch samples {
        case .yuv(let yuv): try Yuv.toRgb(yuv, crop: crop, turn: turn, into: out)
        case .packed(let packed): try packed.toRgb(crop: crop, turn: turn, into: out)
        }
    }
}

/// What a small model would see of a photo.
func seen(_ photo: Picture) throws -> [UInt8] {
    try photo.resizeShortSide(13, .bicubic).centerCrop(height: 11, width: 9).pixels()
}

let filters: [Filter] = [.nearest, .box, .bilinear, .hamming, .bicubic, .lanczos]
