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
///     write       writes the tensor of the last call, and says "written"
@main
struct Preprocess {
    private let workspace = Workspace()
    private let photo: RgbImage
    private let levels: [UInt32]
    private let tensor = UnsafeMutableRawBufferPointer.allocate(byteCount: 3 * 224 * 224 * 4, alignment: 64)
    private let frame: YuvFrame
    private let camera = Camera()

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
        frame = try YuvFrame(
            y: pixels,
            yBytesPerRow: width,
            cbCr: pixels,
            cbCrBytesPerRow: width,
            width: width,
            height: height,
            matrix: .bt601,
            range: .full
        )
    }

    private func answer(_ question: String, _ file: String) throws -> String {
        let start = nanoseconds()
        switch question {
        case "run":
            try run(workspace.picture(photo, .pillow13))
            return "\(nanoseconds() - start)"
        case "frame":
            camera.show(frame, turn: Turn(exif: 6))
            try run(workspace.picture(camera, .pillow13))
            return "\(nanoseconds() - start)"
        case "write":
            OutputFile(file).write(UnsafeRawBufferPointer(tensor))
            return "written"
        default:
            stop("no such question: \(question)")
        }
    }

    private func run(_ picture: Picture) throws {
        let seen = try picture.resizeShortSide(256, .bilinear).centerCrop(height: 224, width: 224)
        try ToTensor.toChw(seen, levels: levels, order: .rgb, into: tensor)
    }

    private func say(_ line: String) {
        print(line)
        fflush(nil)
    }

    private func nanoseconds() -> Int {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return Int(now.tv_sec) * 1_000_000_000 + Int(now.tv_nsec)
    }
}
