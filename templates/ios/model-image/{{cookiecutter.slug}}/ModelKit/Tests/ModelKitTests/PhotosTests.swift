// SPDX-License-Identifier: MIT-0
import XCTest

@testable import ModelKit

/// Picture files as this system decodes them: nearly as Pillow does, and upright.
final class PhotosTests: XCTestCase {
    func testGoldenPhotosAreDecodedNearlyAsInPython() throws {
        var compared = 0
        for golden in GoldenCases.all where !golden.outputs.isEmpty {
            guard let file = golden.photo else { continue }
            let photo = try Photos.decode(Data(contentsOf: Goldens.url(file)))
            let reader = try ImageReader(photo.image)
            let upright = UprightReader(reader, exif: photo.orientation.exif, buffer: RgbBuffer())
            let actual = try Pictures.read(upright)
            let expected = try Pictures.decoded(golden)
            XCTAssertEqual([actual.width, actual.height], [expected.width, expected.height], golden.name)
            let differences = zip(actual.bytes, expected.bytes).map { abs(Int($0) - Int($1)) }
            let mean = Double(differences.reduce(0, +)) / Double(max(1, differences.count))
            XCTAssertLessThan(mean, 3, "\(golden.name): levels differ by so much")
            compared += 1
        }
        XCTAssertGreaterThan(compared, 0)
    }

    func testAFileThatIsNoPictureIsRefused() {
        XCTAssertThrowsError(try Photos.decode(Data([1, 2, 3])))
        XCTAssertThrowsError(try Photos.decode(Data()))
    }
}
