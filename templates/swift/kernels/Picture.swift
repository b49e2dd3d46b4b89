// SPDX-License-Identifier: MIT-0

/// A lazy picture: the steps of a torchvision transform are written down, and only the pixels that survive
/// are computed. Reads like the transform it mirrors:
///
///     let seen = try workspace.picture(photo, .pillow13)
///         .resizeShortSide(256, .bilinear)
///         .centerCrop(height: 224, width: 224)
///     try ToTensor.toChw(seen, levels: levels, order: .rgb, into: tensor)
///
/// Every step gives, bit for bit, what Pillow 13 and torchvision 0.28 give for an 8-bit RGB or L picture. A
/// picture never changes; a step returns another one and computes no pixel. It is valid until its workspace
/// starts the next photo, and as thread-safe as that: not.
///
/// A step throws ``KernelError`` for a size below 1 or above ``RgbImage/maxSide``, its own result's size
/// included.
struct Picture {
    private let workspace: Workspace
    private let step: Int
    private let photoNumber: Int
    /// In pixels.
    let width: Int
    /// In pixels.
    let height: Int
    /// 3 (R, G, B) or 1 (gray).
    let channels: Int

    init(_ workspace: Workspace, step: Int) {
        self.workspace = workspace
        self.step = step
        photoNumber = workspace.photoNumber
        width = workspace.steps[step].width
        height = workspace.steps[step].height
        channels = workspace.steps[step].channels
    }

    private func then(_ kind: Workspace.Step.Kind, width: Int, height: Int, channels: Int) -> Picture {
        checkCurrent()
        return workspace.add(
            .init(kind: kind, before: step, width: width, height: height, channels: channels)
        )
    }

    private func checkCurrent() {
        precondition(
            photoNumber == workspace.photoNumber,
            "edgegen: a picture of a photo whose workspace has started the next one"
        )
    }

    /// Pillow's convert("L"): (19595 R + 38470 G + 7471 B + 2^15) >> 16, in 1 channel or thrice.
    func gray(channels: Int) throws(KernelError) -> Picture {
        guard channels == 1 || channels == 3 else {
            throw KernelError("gray in neither 1 nor 3 channels: got \(channels)")
        }
        if channels == 1, self.channels == 1 { return self }
        return then(.gray, width: width, height: height, channels: channels)
    }

    /// Image.resize: exactly this size, antialiased (but `nearest`).
    func resize(height: Int, width: Int, _ filter: Filter) throws(KernelError) -> Picture {
        try Picture.checkSide("resize", height)
        try Picture.checkSide("resize", width)
        if height == self.height, width == self.width { return self }
        return then(.resize(filter), width: width, height: height, channels: channels)
    }

    /// torchvision's Resize(size): the short side becomes `size`, the long one size * long / short, cut off.
    ///
    /// - Parameter maxSize: where the long side would be above it, it is `maxSize` and the short one follows.
    ///   0: no limit; else it must be above `size`.
    func resizeShortSide(_ size: Int, _ filter: Filter, maxSize: Int = 0) throws(KernelError) -> Picture {
        try Picture.checkSide("resizeShortSide", size)
        guard maxSize == 0 || maxSize > size else {
            throw KernelError(
                "resizeShortSide with a maxSize that is not above size: got \(maxSize) for \(size)"
            )
        }
        // Products first, then one division: Python's int(size * long / short), all exact in integers.
        var newShort = size
        var newLong = size * max(width, height) / min(width, height)
        if maxSize != 0, newLong > maxSize {
            newShort = maxSize * newShort / newLong
            newLong = maxSize
        }
        return width <= height
            ? try resize(height: newLong, width: newShort, filter)
            : try resize(height: newShort, width: newLong, filter)
    }

    /// ImageOps.pad: the whole picture in its own proportions, centred, the rest painted with a colour (on a
    /// gray picture `red` is the level, the others are not looked at). If it is so long that a side becomes
    /// 0, Pillow 13 paints everything, and before that it is an error.
    func letterbox(height: Int, width: Int, _ filter: Filter, red: Int, green: Int, blue: Int)
        throws(KernelError) -> Picture
    {
        try Picture.checkSide("letterbox", height)
        try Picture.checkSide("letterbox", width)
        let fill = try Fill(red: red, green: green, blue: blue)
        let ratio = Double(self.width) / Double(self.height)
        let wantedRatio = Double(width) / Double(height)
        var newWidth = width
        var newHeight = height
        if ratio > wantedRatio {
            newHeight = Picture.round(Double(self.height) / Double(self.width) * Double(width))
        } else if ratio < wantedRatio {
            newWidth = Picture.round(Double(self.width) / Double(self.height) * Double(height))
        }
        if newWidth == 0 || newHeight == 0, workspace.order == .pillow13 {
            // A picture so long that nothing of it is left. Pillow 13 gives a bare canvas, those before
            // refuse, as resize() does below. The picture is put beside the canvas.
            return padded(left: width, top: 0, width: width, height: height, fill)
        }
        let resized = try resize(height: newHeight, width: newWidth, filter)
        if newWidth == width, newHeight == height { return resized }
        let left = Picture.round(Double(width - newWidth) * 0.5)
        let top = Picture.round(Double(height - newHeight) * 0.5)
        return resized.padded(left: left, top: top, width: width, height: height, fill)
    }

    /// torchvision's CenterCrop: from round((side - size) / 2), half to even; black where the picture is
    /// smaller.
    func centerCrop(height: Int, width: Int) throws(KernelError) -> Picture {
        try Picture.checkSide("centerCrop", height)
        try Picture.checkSide("centerCrop", width)
        let lessWidth = max(width - self.width, 0)
        let lessHeight = max(height - self.height, 0)
        if lessWidth > 0 || lessHeight > 0 {
            let left = lessWidth / 2
            let top = lessHeight / 2
            return try pad(
                left: left, top: top, right: lessWidth - left, bottom: lessHeight - top, red: 0, green: 0,
                blue: 0
            ).centerCrop(height: height, width: width)
        }
        if width == self.width, height == self.height { return self }
        let left = CropRows.centreStart(side: self.width, crop: width)
        let top = CropRows.centreStart(side: self.height, crop: height)
        return then(.crop(left: left, top: top), width: width, height: height, channels: channels)
    }

    /// torchvision's Pad: that many pixels of a colour at each side; none may be negative.
    func pad(left: Int, top: Int, right: Int, bottom: Int, red: Int, green: Int, blue: Int)
        throws(KernelError) -> Picture
    {
        let most = RgbImage.maxSide
        guard min(left, top, right, bottom) >= 0, max(left, top, right, bottom) <= most else {
            throw KernelError("pad by less than 0 or more than \(most) pixels")
        }
        let fill = try Fill(red: red, green: green, blue: blue)
        if left == 0, top == 0, right == 0, bottom == 0 { return self }
        let newWidth = width + left + right
        let newHeight = height + top + bottom
        try Picture.checkSide("pad", newWidth)
        try Picture.checkSide("pad", newHeight)
        return padded(left: left, top: top, width: newWidth, height: newHeight, fill)
    }

    private func padded(left: Int, top: Int, width: Int, height: Int, _ fill: Fill) -> Picture {
        then(.pad(left: left, top: top, fill: fill), width: width, height: height, channels: channels)
    }

    /// Computes the picture: H x W x channels, uint8, in a new array. For tests and previews.
    ///
    /// - Throws: what a ``PixelSource`` throws.
    func pixels() throws(KernelError) -> [UInt8] {
        let bytes = width * channels
        let rows = try rows()
        var pixels: [UInt8] = []
        pixels.reserveCapacity(bytes * height)
        for y in 0..<height {
            pixels.append(contentsOf: UnsafeBufferPointer(start: rows.row(y), count: bytes))
        }
        return pixels
    }

    /// A picture that is being computed.
    struct Stream {
        fileprivate let rows: Rows
        fileprivate let room: UnsafeMutablePointer<UInt8>

        /// `width * channels` bytes, valid until the next call; y is never less than in the call before.
        func row(_ y: Int) -> UnsafePointer<UInt8> {
            rows.row(y, room: room)
        }
    }

    /// The picture's rows, top to bottom, computed one at a time. Ends any other stream of the workspace.
    ///
    /// - Throws: what a ``PixelSource`` throws.
    func rows() throws(KernelError) -> Stream {
        checkCurrent()
        workspace.releaseRows()
        let rows = try workspace.open(step, Window(left: 0, top: 0, right: width, bottom: height))
        return Stream(rows: rows, room: workspace.row(bytes: width * channels))
    }

    /// Python's round(): a half goes to the even number.
    private static func round(_ x: Double) -> Int {
        Int(x.rounded(.toNearestOrEven))
    }

    private static func checkSide(_ step: String, _ size: Int) throws(KernelError) {
        guard size >= 1, size <= RgbImage.maxSide else {
            throw KernelError("\(step) to a side of \(size) pixels; a side has 1 to \(RgbImage.maxSide)")
        }
    }
}
