@main
struct Main {
    static func main() {
        runTests(
            axisTests + orientationTests + packedPixelsTests + pictureTests + pixelSourceTests + refusalTests
                + rgbImageTests + toTensorTests + yuvTests
        )
    }
}
