#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#endif

/// What the preprocessing benchmark times: the pipeline that a generated project has for torchvision's
/// ImageNet preset, on decoded RGB.
///
///     Preprocess WIDTH HEIGHT PIXELS LEVELS TENSOR
///
/// Reads the photo and the table of levels from files, prints "ready", and then answers each line on its input
/// with one line:
///
///     run         nanoseconds of one call
///     frame       nanoseconds of one call that begins with a camera's frame of the same size
///     garbage     how often a call, and one with a frame, asks for memory
///     write       writes the tensor of the last call, and says "written"
@main
struct Preprocess {
    private let workspace = Workspace()
    private let photo: RgbImage
    private let levels: [UInt32]
    private let tensor = UnsafeMutableRawBufferPointer.allocate(byteCount: 3 * 224 * 224 * 4, alignment: 64)
    private let frame: Frame

    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 6, let width = Int(arguments[1]), let height = Int(arguments[2]) else {
            stop("usage: Preprocess WIDTH HEIGHT PIXELS LEVELS TENSOR", code: 2)
        }
        let program = try Preprocess(width, height, readFile(arguments[3]), readFile(arguments[4]))
        program.say("ready")
        while let question = readLine() {
            program.say(try program.answer(question, arguments[5]))
        }
    }

    private init(
        _ width: Int,
        _ height: Int,
        _ pixels: UnsafeBufferPointer<UInt8>,
        _ table: UnsafeBufferPointer<UInt8>
    ) throws {
        photo = try RgbImage(pixels, width: width, height: height, bytesPerRow: width * 3)
        levels = table.withMemoryRebound(to: UInt32.self) { Array($0) }
        // Any numbers will do: what is timed does not depend on them.
        frame = Frame(
            try YuvFrame(
                y: pixels, yBytesPerRow: width, cbCr: pixels, cbCrBytesPerRow: width, width: width,
                height: height, matrix: .bt601, range: .full
            )
        )
    }

    private func answer(_ question: String, _ file: String) throws -> String {
        switch question {
        case "run":
            return "\(try nanoseconds(runPhoto))"
        case "frame":
            return "\(try nanoseconds(runFrame))"
        case "garbage":
            return "\(try allocations(runPhoto)) \(try allocations(runFrame))"
        case "write":
            OutputFile(file).write(UnsafeRawBufferPointer(tensor))
            return "written"
        default:
            stop("no such question: \(question)")
        }
    }

    private func runPhoto() throws {
        try run(workspace.picture(photo, .pillow13))
    }

    private func runFrame() throws {
        try run(workspace.picture(frame, .pillow13))
    }

    private func run(_ picture: Picture) throws {
        let seen = try picture.resizeShortSide(256, .bilinear).centerCrop(height: 224, width: 224)
        try ToTensor.toChw(seen, levels: levels, order: .rgb, into: tensor)
    }

    private func say(_ line: String) {
        print(line)
        fflush(nil)
    }

    private func nanoseconds(_ call: () throws -> Void) rethrows -> Int {
        let start = now()
        try call()
        return now() - start
    }

    private func now() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec)
    }
}

/// A camera's frame that is turned by 90°, as a generated project reads it: only what is needed is converted.
private final class Frame: PixelSource {
    private let frame: YuvFrame
    private let turn = Turn(exif: 6)

    init(_ frame: YuvFrame) {
        self.frame = frame
    }

    var width: Int { frame.height }
    var height: Int { frame.width }

    func read(_ window: Window, into out: RgbBuffer) throws(KernelError) {
        let crop = turn.stored(window, width: frame.width, height: frame.height)
        try Yuv.toRgb(frame, crop: crop, turn: turn, into: out)
    }
}
