// SPDX-License-Identifier: MIT-0

/// Owns every object and buffer that a pipeline needs. After the first picture of a size, the next ones
/// allocate nothing.
///
/// Not thread-safe: one workspace to a thread (or an actor).
final class Workspace {
    /// One step of a picture, with the size of what it makes.
    struct Step {
        enum Kind {
            case photo
            case gray
            case resize(Filter)
            /// (left, top) of the crop in the picture before.
            case crop(left: Int, top: Int)
            /// (left, top) of the picture before on its canvas.
            case pad(left: Int, top: Int, fill: Fill)
        }

        let kind: Kind
        /// The step before, in ``Workspace/steps``.
        let before: Int
        let width: Int
        let height: Int
        let channels: Int
    }

    enum Photo {
        case none
        case image(RgbImage)
        case source(any PixelSource)
    }

    private(set) var photo = Photo.none
    private(set) var order = PassOrder.pillow13
    private(set) var steps: [Step] = []
    /// Counts photos: pictures of another one are not valid any more.
    private(set) var photoNumber = 0

    /// Pixels that a ``PixelSource`` has made.
    let window = RgbBuffer()
    let photoRows = Pool(PhotoRows.init)
    let cropRows = Pool(CropRows.init)
    let grayRows = Pool(GrayRows.init)
    let padRows = Pool(PadRows.init)
    let nearestRows = Pool(NearestRows.init)
    let horizontalRows = Pool(HorizontalRows.init)
    let verticalRows = Pool(VerticalRows.init)
    private let lastRow = Scratch<UInt8>()

    init() {}

    /// A photo, before any step. The pictures of the photo before it are not valid any more.
    ///
    /// - Parameters:
    ///   - photo: borrowed until the next call.
    ///   - order: the Pillow version to reproduce.
    /// - Throws: ``KernelError`` for an image without pixels.
    func picture(_ photo: RgbImage, _ order: PassOrder) throws(KernelError) -> Picture {
        try start(.image(photo), width: photo.width, height: photo.height, order)
    }

    /// The same for a photo whose pixels are made when they are needed: each time that pixels of a picture
    /// of it are computed, and only those that they are computed from.
    func picture(_ photo: any PixelSource, _ order: PassOrder) throws(KernelError) -> Picture {
        try start(.source(photo), width: photo.width, height: photo.height, order)
    }

    private func start(_ photo: Photo, width: Int, height: Int, _ order: PassOrder)
        throws(KernelError) -> Picture
    {
        try RgbImage.checkSides(width: width, height: height)
        forgetPhoto()
        self.photo = photo
        self.order = order
        return add(Step(kind: .photo, before: 0, width: width, height: height, channels: 3))
    }

    /// Lets go of the photo, so that its memory can be freed, or a camera's frame given back. Its pictures are
    /// not valid any more.
    func forgetPhoto() {
        photo = .none
        photoNumber &+= 1
        steps.removeAll(keepingCapacity: true)
    }

    func add(_ step: Step) -> Picture {
        steps.append(step)
        return Picture(self, step: steps.count - 1)
    }

    /// Only one stream of rows is read at a time: all of its parts may be used again.
    func releaseRows() {
        photoRows.releaseAll()
        cropRows.releaseAll()
        grayRows.releaseAll()
        padRows.releaseAll()
        nearestRows.releaseAll()
        horizontalRows.releaseAll()
        verticalRows.releaseAll()
    }

    /// Room for the row that is made last.
    func row(bytes: Int) -> UnsafeMutablePointer<UInt8> {
        lastRow.atLeast(bytes)
    }
}
