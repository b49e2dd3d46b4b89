// PhotosUI: the picker that runs outside the app, and needs no permission.

@_exported import CoreTransferable
@_exported import SwiftUI

public struct PHPickerFilter: Equatable, Hashable, Sendable {
    public static var images: PHPickerFilter { fatalError() }
    public static var videos: PHPickerFilter { fatalError() }
    public static var livePhotos: PHPickerFilter { fatalError() }
    // objc: anyFilterMatchingSubfilters:
    public static func any(of subfilters: [PHPickerFilter]) -> PHPickerFilter { fatalError() }
}

public class PHPhotoLibrary: NSObject, @unchecked Sendable {
    // objc: sharedPhotoLibrary
    public class func shared() -> PHPhotoLibrary { fatalError() }
}
