// The picker itself is Swift's own; `swift_names.py` lists it.

import CoreTransferable
import SwiftUI

@available(iOS 16, *)
public struct PhotosPickerItem: Equatable, Hashable, Sendable {
    public struct EncodingDisambiguationPolicy: Equatable, Hashable, Sendable {
        public static var automatic: PhotosPickerItem.EncodingDisambiguationPolicy { fatalError() }
        public static var current: PhotosPickerItem.EncodingDisambiguationPolicy { fatalError() }
        public static var compatible: PhotosPickerItem.EncodingDisambiguationPolicy { fatalError() }
    }

    public var itemIdentifier: String? { fatalError() }
    public var supportedContentTypes: [UTType] { fatalError() }
    public init(itemIdentifier: String) { fatalError() }
    public func loadTransferable<T: Transferable>(type: T.Type) async throws -> T? { fatalError() }
}

@available(iOS 16, *)
public struct PhotosPicker<Label: View>: View {
    public typealias Body = Never
    public nonisolated init(
        selection: Binding<PhotosPickerItem?>,
        matching filter: PHPickerFilter? = nil,
        preferredItemEncoding: PhotosPickerItem.EncodingDisambiguationPolicy = .automatic,
        @ViewBuilder label: () -> Label
    ) { fatalError() }
    public nonisolated init(
        selection: Binding<PhotosPickerItem?>,
        matching filter: PHPickerFilter? = nil,
        preferredItemEncoding: PhotosPickerItem.EncodingDisambiguationPolicy = .automatic,
        photoLibrary: PHPhotoLibrary,
        @ViewBuilder label: () -> Label
    ) { fatalError() }
}

@available(iOS 16, *)
extension PhotosPicker where Label == Text {
    public nonisolated init(
        _ titleKey: LocalizedStringKey,
        selection: Binding<PhotosPickerItem?>,
        matching filter: PHPickerFilter? = nil,
        preferredItemEncoding: PhotosPickerItem.EncodingDisambiguationPolicy = .automatic
    ) { fatalError() }
}
