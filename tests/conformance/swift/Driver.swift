#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#endif

/// Runs conformance cases through the Swift kernels: reads a folder of cases, writes every stage of every
/// case.
///
///     driver FOLDER PATH      PATH is "swift", or "yuv" for the folder's frames
///
/// The format of the files is told in tests/conformance/casefile.py and yuv.py. Exit code 3: there is no such
/// path. One workspace serves all cases, as it serves all frames of a camera.
@main
struct Driver {
    private static let noSuchPath: Int32 = 3

    private var words: Words
    private var bytes: UnsafeBufferPointer<UInt8>
    private let stages: Stages
    private let workspace = Workspace()
    private let upright = RgbBuffer()

    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3 else { stop("usage: driver FOLDER PATH", code: 2) }
        let folder = arguments[1]
        let frames = arguments[2] == "yuv"
        guard frames || arguments[2] == "swift" else {
            stop("driver: there is no path \(arguments[2])", code: noSuchPath)
        }
        var driver = Driver(
            words: Words(readFile("\(folder)/\(frames ? "yuv" : "cases").txt")),
            bytes: readFile("\(folder)/\(frames ? "yuv" : "pixels").bin"),
            stages: Stages(folder)
        )
        while !driver.words.isEmpty {
            if frames {
                try driver.runFrame()
            } else {
                try driver.runCase()
            }
        }
    }

    private init(words: Words, bytes: UnsafeBufferPointer<UInt8>, stages: Stages) {
        self.words = words
        self.bytes = bytes
        self.stages = stages
    }

    private mutating func runCase() throws {
        words.expect("case")
        let name = words.next()
        let height = words.number()
        let width = words.number()
        let bytesPerRow = words.number()
        let orientation = words.number()
        let order: PassOrder = words.next() == "pillow13" ? .pillow13 : .horizontalFirst
        let stored = take(bytesPerRow * (height - 1) + width * 3)
        let photo = try RgbImage(stored, width: width, height: height, bytesPerRow: bytesPerRow)
        let turned = try Orientation.orient(photo, exif: orientation, into: upright)
        stages.write(name, "decoded \(turned.height)x\(turned.width)x3", Driver.pixels(of: turned))

        // A picture that is upright is read where it lies, with the gaps between its rows.
        var picture: Picture? = try workspace.picture(orientation == 1 ? photo : turned, order)
        var index = 1
        var step = words.next()
        while step != "tensor" {
            let operands = words.operands(of: step)
            if let before = picture {
                do {
                    let after = try Driver.apply(before, step, operands)
                    stages.write(name, "\(index)_\(step == "short_side" ? "resize" : step)", after)
                    picture = after
                } catch {
                    stages.refuse(name, error.description)
                    picture = nil
                }
            }
            index += 1
            step = words.next()
        }
        try writeTensor(name, picture)
    }

    private static func apply(_ picture: Picture, _ step: String, _ of: [String]) throws(KernelError)
        -> Picture
    {
        let number = of.map { Int($0) ?? 0 }
        switch step {
        case "gray":
            return try picture.gray(channels: number[0])
        case "resize":
            return try picture.resize(height: number[0], width: number[1], filter(of[2]))
        case "short_side":
            return try picture.resizeShortSide(number[0], filter(of[1]), maxSize: number[2])
        case "letterbox":
            return try picture.letterbox(
                height: number[0],
                width: number[1],
                filter(of[2]),
                red: number[3],
                green: number[4],
                blue: number[5]
            )
        case "center_crop":
            return try picture.centerCrop(height: number[0], width: number[1])
        default:
            return try picture.pad(
                left: number[0],
                top: number[1],
                right: number[2],
                bottom: number[3],
                red: number[4],
                green: number[5],
                blue: number[6]
            )
        }
    }

    private mutating func writeTensor(_ name: String, _ picture: Picture?) throws {
        let layout = words.next()
        let order: ChannelOrder = words.next() == "bgr" ? .bgr : .rgb
        let bits = words.number()
        let channels = words.number()
        let table = UnsafeRawBufferPointer(take(channels * 256 * bits / 8))
        guard let picture else { return }
        let count = picture.width * picture.height * picture.channels * bits / 8
        let tensor = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 16)
        defer { tensor.deallocate() }
        let isChw = layout == "NCHW"
        switch bits {
        case 32:
            let levels = Driver.levels(UInt32.self, table)
            isChw
                ? try ToTensor.toChw(picture, levels: levels, order: order, into: tensor)
                : try ToTensor.toHwc(picture, levels: levels, order: order, into: tensor)
        case 16:
            let levels = Driver.levels(UInt16.self, table)
            isChw
                ? try ToTensor.toChw(picture, levels: levels, order: order, into: tensor)
                : try ToTensor.toHwc(picture, levels: levels, order: order, into: tensor)
        default:
            let levels = Driver.levels(UInt8.self, table)
            isChw
                ? try ToTensor.toChw(picture, levels: levels, order: order, into: tensor)
                : try ToTensor.toHwc(picture, levels: levels, order: order, into: tensor)
        }
        stages.write(name, "tensor \(layout)", UnsafeRawBufferPointer(tensor))
    }

    private static func levels<Bits: FixedWidthInteger & BitwiseCopyable>(
        _ bits: Bits.Type,
        _ table: UnsafeRawBufferPointer
    ) -> [Bits] {
        stride(from: 0, to: table.count, by: MemoryLayout<Bits>.size).map { offset in
            Bits(littleEndian: table.loadUnaligned(fromByteOffset: offset, as: Bits.self))
        }
    }

    private mutating func runFrame() throws {
        words.expect("frame")
        let name = words.next()
        let width = words.number()
        let height = words.number()
        let crop = Window(
            left: words.number(),
            top: words.number(),
            right: words.number(),
            bottom: words.number()
        )
        let matrix: YuvFrame.Matrix = words.next() == "bt709" ? .bt709 : .bt601
        let range: YuvFrame.Range = words.next() == "limited" ? .limited : .full
        let turn = try Turn(degrees: words.number(), mirrored: words.number() != 0)
        let frame = try YuvFrame(
            y: nextPlane(),
            u: nextPlane(),
            v: nextPlane(),
            width: width,
            height: height,
            matrix: matrix,
            range: range
        )
        let rgb = try Yuv.toRgb(frame, crop: crop, turn: turn, into: upright)
        stages.write(name, "rgb \(rgb.height)x\(rgb.width)x3", Driver.pixels(of: rgb))
    }

    private mutating func nextPlane() throws -> YuvPlane {
        let bytesPerRow = words.number()
        let bytesPerSample = words.number()
        return try YuvPlane(take(words.number()), bytesPerRow: bytesPerRow, bytesPerSample: bytesPerSample)
    }

    /// The next bytes of the data file.
    private mutating func take(_ count: Int) -> UnsafeBufferPointer<UInt8> {
        let taken = UnsafeBufferPointer(rebasing: bytes.prefix(count))
        bytes = UnsafeBufferPointer(rebasing: bytes.dropFirst(count))
        return taken
    }

    private static func pixels(of image: RgbImage) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: image.base, count: image.height * image.bytesPerRow)
    }

    private static func filter(_ name: String) -> Filter {
        switch name {
        case "nearest": .nearest
        case "box": .box
        case "bilinear": .bilinear
        case "hamming": .hamming
        case "bicubic": .bicubic
        case "lanczos": .lanczos
        default: stop("cases.txt: no filter \(name)")
        }
    }
}

/// The words of a text file, one after the other.
private struct Words {
    private var words: ArraySlice<Substring>

    init(_ text: UnsafeBufferPointer<UInt8>) {
        words = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isWhitespace)[...]
    }

    var isEmpty: Bool { words.isEmpty }

    mutating func next() -> String {
        guard let word = words.popFirst() else { stop("the text ends too early") }
        return String(word)
    }

    mutating func number() -> Int {
        let word = next()
        guard let number = Int(word) else { stop("expected a number, got \(word)") }
        return number
    }

    mutating func expect(_ word: String) {
        let found = next()
        if found != word { stop("expected \(word), got \(found)") }
    }

    mutating func operands(of step: String) -> [String] {
        let counts = ["gray": 1, "center_crop": 2, "resize": 3, "short_side": 3, "letterbox": 6, "pad": 7]
        guard let count = counts[step] else { stop("cases.txt: no operation \(step)") }
        return (0..<count).map { _ in next() }
    }
}

/// stages.txt and stages.bin.
private struct Stages {
    private let index: OutputFile
    private let data: OutputFile

    init(_ folder: String) {
        index = OutputFile("\(folder)/stages.txt")
        data = OutputFile("\(folder)/stages.bin")
    }

    func write(_ name: String, _ stage: String, _ bytes: UnsafeRawBufferPointer) {
        index.write("\(name) \(stage) \(bytes.count)\n")
        data.write(bytes)
    }

    func write(_ name: String, _ stage: String, _ picture: Picture) {
        guard let pixels = try? picture.pixels() else { stop("a picture without pixels") }
        let shape = "\(picture.height)x\(picture.width)x\(picture.channels)"
        pixels.withUnsafeBytes { write(name, "\(stage) \(shape)", $0) }
    }

    func refuse(_ name: String, _ why: String) {
        index.write("\(name) refused \(why)\n")
    }
}
