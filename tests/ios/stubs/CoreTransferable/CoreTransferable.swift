// Core Transferable: what a picked photo is loaded as.

@_exported import Foundation
@_exported import UniformTypeIdentifiers

@available(iOS 16, *)
public protocol TransferRepresentation: Sendable {
    associatedtype Item
}

@available(iOS 16, *)
@resultBuilder
public struct TransferRepresentationBuilder<Item> {
    public static func buildExpression<Content: TransferRepresentation>(_ content: Content) -> Content { fatalError() }
    public static func buildBlock<Content: TransferRepresentation>(_ content: Content) -> Content { fatalError() }
}

@available(iOS 16, *)
public protocol Transferable {
    associatedtype Representation: TransferRepresentation
    @TransferRepresentationBuilder<Self>
    static var transferRepresentation: Self.Representation { get }
}

@available(iOS 16, *)
public struct DataRepresentation<Item>: TransferRepresentation {
    public init(
        importedContentType: UTType, importing: @escaping @Sendable (Data) async throws -> Item
    ) { fatalError() }
}

@available(iOS 16, *)
public struct ReceivedTransferredFile: Sendable {
    public let file: URL
}

@available(iOS 16, *)
public struct FileRepresentation<Item>: TransferRepresentation {
    public init(
        importedContentType: UTType, importing: @escaping @Sendable (ReceivedTransferredFile) async throws -> Item
    ) { fatalError() }
}

@available(iOS 16, *)
extension Data: Transferable {
    public static var transferRepresentation: DataRepresentation<Data> { return unreachable() }
}

@available(iOS 16, *)
extension URL: Transferable {
    public static var transferRepresentation: DataRepresentation<URL> { return unreachable() }
}

func unreachable<Result>() -> Result { fatalError() }
