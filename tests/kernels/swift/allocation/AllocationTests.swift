@main
struct Main {
    static func main() {
        runTests(allocationTests)
    }
}

/// Nothing is allocated for a frame after the first ones.
var allocationTests: [Test] {
    [
        Test("anAllocationIsSeen") {
            var kept: AnyObject?
            try checkEqual(allocations { kept = RgbBuffer() } > 0, true)
            try check(kept != nil)
        },
        Test("aPhotoOnItsSideAllocatesNothing") {
            let photo = try noiseImage(height: 240, width: 320)
            let upright = RgbBuffer()
            let workspace = Workspace()
            let levels = [UInt32](repeating: 7, count: 768)
            try checkAllocatesNothing(tensorBytes: 3 * 112 * 112 * 4) { tensor in
                let turned = try Orientation.orient(photo, exif: 6, into: upright)
                let seen = try workspace.picture(turned, .pillow13)
                    .resizeShortSide(128, .bicubic)
                    .centerCrop(height: 112, width: 112)
                try ToTensor.toChw(seen, levels: levels, order: .rgb, into: tensor)
            }
        },
        Test("aCamerasFrameAllocatesNothing") {
            let luma = borrowed(noise(320 * 240, 1))
            let chroma = borrowed(noise(320 * 120, 2))
            func stored() throws -> YuvFrame {
                try YuvFrame(
                    y: luma,
                    yBytesPerRow: 320,
                    cbCr: chroma,
                    cbCrBytesPerRow: 320,
                    width: 320,
                    height: 239,
                    matrix: .bt709,
                    range: .limited
                )
            }
            let frame = Frame(.yuv(try stored()), width: 320, height: 239, exif: 5)
            let workspace = Workspace()
            let levels = [UInt8](repeating: 7, count: 768)
            try checkAllocatesNothing(tensorBytes: 3 * 96 * 96) { tensor in
                frame.samples = .yuv(try stored())
                let seen = try workspace.picture(frame, .pillow13)
                    .letterbox(height: 96, width: 96, .bilinear, red: 114, green: 114, blue: 114)
                try ToTensor.toHwc(seen, levels: levels, order: .bgr, into: tensor)
            }
        },
        Test("packedPixelsAllocateNothing") {
            let bytes = borrowed(noise(320 * 240 * 4, 1))
            let packed = try PackedPixels(bytes, .bgra, width: 320, height: 240, bytesPerRow: 1280)
            let frame = Frame(.packed(packed), width: 320, height: 240, exif: 6)
            let workspace = Workspace()
            let levels = [UInt32](repeating: 7, count: 768)
            try checkAllocatesNothing(tensorBytes: 3 * 100 * 100 * 4) { tensor in
                let seen = try workspace.picture(frame, .pillow13).centerCrop(height: 100, width: 100)
                try ToTensor.toChw(seen, levels: levels, order: .rgb, into: tensor)
            }
        },
        Test("everyStepAllocatesNothing") {
            let photo = try noiseImage(height: 90, width: 70)
            let workspace = Workspace()
            let levels = [UInt16](repeating: 7, count: 256)
            try checkAllocatesNothing(tensorBytes: 40 * 40 * 2) { tensor in
                let seen = try workspace.picture(photo, .horizontalFirst)
                    .pad(left: 1, top: 2, right: 3, bottom: 4, red: 5, green: 6, blue: 7)
                    .resize(height: 60, width: 80, .nearest)
                    .gray(channels: 1)
                    .resize(height: 50, width: 50, .lanczos)
                    .centerCrop(height: 40, width: 40)
                try ToTensor.toChw(seen, levels: levels, order: .rgb, into: tensor)
            }
        },
    ]
}

private func checkAllocatesNothing(
    tensorBytes: Int,
    line: Int = #line,
    _ frame: (UnsafeMutableRawBufferPointer) throws -> Void
) throws {
    let tensor = UnsafeMutableRawBufferPointer.allocate(byteCount: tensorBytes, alignment: 16)
    defer { tensor.deallocate() }
    for _ in 0..<3 { try frame(tensor) }
    let counted = try allocations {
        for _ in 0..<100 { try frame(tensor) }
    }
    try checkEqual(counted, 0, line: line)
}
