/// Photos whose pixels are made on demand: which of them are asked for, and when.
var pixelSourceTests: [Test] {
    [
        Test("onlyWhatSurvivesTheCropIsAskedFor") {
            let windows = try windows(noiseImage(height: 480, width: 640)) {
                try $0.resizeShortSide(256, .bilinear).centerCrop(height: 224, width: 224)
            }
            // Rows 16 to 240 of 256 are made of rows 29 to 451 of 480, columns 58 to 282 of 341 of columns 108
            // to 530 of 640.
            try checkEqual(windows, [Window(left: 108, top: 29, right: 530, bottom: 451)])
        },
        Test("everyWayToThePhotoHasItsPixels") {
            let photo = try noiseImage(height: 41, width: 60, 2)
            try checkEqual(windows(photo) { $0 }, [Window(left: 0, top: 0, right: 60, bottom: 41)])
            try checkEqual(
                windows(photo) { try $0.centerCrop(height: 11, width: 20) },
                [Window(left: 20, top: 15, right: 40, bottom: 26)]
            )
            for filter in filters {
                _ = try windows(photo) {
                    try $0.resize(height: 30, width: 17, filter).centerCrop(height: 9, width: 9)
                }
                _ = try windows(photo) {
                    try $0.centerCrop(height: 30, width: 30).resize(height: 7, width: 50, filter)
                }
                _ = try windows(photo) {
                    try $0.letterbox(height: 32, width: 32, filter, red: 1, green: 2, blue: 3)
                        .gray(channels: 3)
                }
            }
            _ = try windows(photo) {
                try $0.gray(channels: 1).pad(left: 3, top: 2, right: 1, bottom: 0, red: 5, green: 5, blue: 5)
            }
        },
        Test("whatIsNowhereToBeSeenIsNotAskedFor") {
            let windows = try windows(noiseImage(height: 1, width: 100, 3)) {
                try $0.letterbox(height: 2, width: 2, .box, red: 1, green: 2, blue: 3)
            }
            try checkEqual(windows, [])
        },
        Test("aPhotoThatIsForgottenIsLetGo") {
            let workspace = Workspace()
            weak var source: Recorder?
            do {
                let made = Recorder(try noiseImage(height: 8, width: 8))
                source = made
                _ = try workspace.picture(made, .pillow13).resize(height: 3, width: 3, .box).pixels()
            }
            try check(source != nil)
            workspace.forgetPhoto()
            try check(source == nil)
            let next = try noiseImage(height: 8, width: 8)
            try check(seen(workspace.picture(next, .pillow13)) == seen(picture(next)))
        },
        Test("whatASourceRefusesIsPassedOn") {
            let source = Recorder(try noiseImage(height: 4, width: 4))
            source.refusal = KernelError("no light")
            let small = try Workspace().picture(source, .pillow13).resize(height: 2, width: 2, .box)
            try checkRefused("no light") { try small.pixels() }
        },
    ]
}

/// Gives an image's pixels, and writes down which.
private final class Recorder: PixelSource {
    private let image: RgbImage
    private(set) var windows: [Window] = []
    var refusal: KernelError?

    init(_ image: RgbImage) {
        self.image = image
    }

    var width: Int { image.width }
    var height: Int { image.height }

    func read(_ window: Window, into out: RgbBuffer) throws(KernelError) {
        if let refusal { throw refusal }
        windows.append(window)
        let pixels = try out.reset(width: window.width, height: window.height)
        for y in 0..<window.height {
            let row = image.at(window.left, window.top + y)
            (pixels + y * window.width * 3).update(from: row, count: window.width * 3)
        }
    }
}

/// Which windows the steps ask for; fails unless they give the pixels that they give of the photo itself.
private func windows(_ photo: RgbImage, _ steps: (Picture) throws -> Picture) throws -> [Window] {
    let source = Recorder(photo)
    let seen = try steps(Workspace().picture(source, .pillow13))
    try checkEqual(source.windows, [])
    try check(seen.pixels() == steps(picture(photo)).pixels())
    return source.windows
}
