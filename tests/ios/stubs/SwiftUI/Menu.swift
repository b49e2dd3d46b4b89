// A button that opens a list of buttons.

public struct Menu<Label: View, Content: View>: View {
    public typealias Body = Never
    public nonisolated init(@ViewBuilder content: () -> Content, @ViewBuilder label: () -> Label) { fatalError() }
}
