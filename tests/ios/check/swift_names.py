"""What the generated apps use of Apple's frameworks that are written in Swift, and since which iOS it is there.

No crate lists these names. They are those of Apple's documentation, `developer.apple.com/documentation/MODULE/NAME`;
the versions are those of the oldest overload. Read there in November 2026, in a stored copy (the repository
Averyy/apple-dev-docs): the names of iOS 16, `task`, `dismiss`, the accessibility modifiers and traits, a toolbar's
placements. The others are written from knowledge: a wrong version below 16 changes nothing, a wrong name would.
"""

from __future__ import annotations

from typing import Final

_SWIFTUI: Final = """
13.0 View View.body View.frame View.padding View.overlay View.font View.scaledToFit View.clipShape View.onAppear
13.0 View.sheet View.buttonStyle View.disabled View.id View.environment ViewBuilder EmptyView Text Image Image.resizable
13.0 Button HStack VStack ScrollView Form Section ForEach Spacer RoundedRectangle NavigationLink State
13.0 Environment Binding Shape.fill LocalizedStringKey Alignment.top Alignment.leading Alignment.bottom Axis.horizontal
13.0 HorizontalAlignment.leading VerticalAlignment.top VerticalAlignment.firstTextBaseline Edge.Set.all Edge.Set.top
13.0 Font.body Font.headline Font.footnote Font.largeTitle UIViewRepresentable UIViewControllerRepresentable
13.0 UIViewRepresentable.makeUIView UIViewRepresentable.updateUIView UIViewRepresentable.makeCoordinator
13.0 UIViewRepresentable.dismantleUIView UIViewRepresentable.Context UIViewControllerRepresentable.Context
13.0 UIViewControllerRepresentable.makeUIViewController UIViewControllerRepresentable.updateUIViewController
13.0 UIViewControllerRepresentable.makeCoordinator UIViewRepresentableContext.coordinator
13.0 UIViewControllerRepresentableContext.coordinator EnvironmentValues.horizontalSizeClass
13.0 EnvironmentValues.verticalSizeClass UserInterfaceSizeClass.compact UserInterfaceSizeClass.regular Color.red
13.0 AccessibilityTraits.isHeader AccessibilityTraits.updatesFrequently AccessibilityChildBehavior.combine
13.0 AccessibilityChildBehavior.contain AccessibilityChildBehavior.ignore
14.0 App App.body Scene WindowGroup StateObject Label ProgressView LazyVStack Menu ScenePhase.active ToolbarItem
14.0 EnvironmentValues.scenePhase EnvironmentValues.openURL View.navigationTitle View.navigationBarTitleDisplayMode
14.0 NavigationBarItem.TitleDisplayMode.inline View.toolbar View.ignoresSafeArea View.fileImporter
14.0 View.accessibilityLabel View.accessibilityValue View.accessibilityHidden View.accessibilityElement
14.0 View.accessibilityAddTraits ToolbarItemPlacement.topBarTrailing ToolbarItemPlacement.confirmationAction
15.0 View.task View.foregroundStyle View.textSelection View.controlSize View.monospacedDigit ShapeStyle.quaternary
15.0 ShapeStyle.secondary ShapeStyle.red TextSelectability.enabled PrimitiveButtonStyle.bordered ControlSize.large
15.0 EnvironmentValues.dismiss DismissAction Text.monospacedDigit
16.0 NavigationStack ViewThatFits AnyLayout HStackLayout VStackLayout Layout
"""
_PHOTOSUI: Final = """
16.0 PhotosPicker PhotosPickerItem PhotosPickerItem.loadTransferable
16.0 PhotosPickerItem.EncodingDisambiguationPolicy.current
"""
_COMBINE: Final = "13.0 ObservableObject Published"


def _read(text: str) -> dict[str, float]:
    return {name: float(line.split()[0]) for line in text.splitlines() if line for name in line.split()[1:]}


PUBLISHED: Final = {"SwiftUI": _read(_SWIFTUI), "PhotosUI": _read(_PHOTOSUI), "Combine": _read(_COMBINE)}
"""The iOS version of each name, without its labels, by module."""
