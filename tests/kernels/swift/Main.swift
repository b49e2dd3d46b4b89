@main
struct Main {
    static func main() {
        runTests(
            axisTests + cameraTests + orientationTests + pictureTests + pixelSourceTests + refusalTests
                + rgbImageTests + toTensorTests + yuvTests
        )
    }
}
