// SPDX-License-Identifier: MIT-0
import SwiftUI
import UIKit

/// The system's screen to take one photo.
struct CameraPicker: UIViewControllerRepresentable {
    let taken: (UIImage) -> Void

    @Environment(\.dismiss) private var dismiss

    /// False in the simulator and on devices without a camera, or where apps may not use it.
    static var isAvailable: Bool {
        UIImagePickerController.isSourceTypeAvailable(.camera)
    }

    func makeUIViewController(context: Context) -> UIImagePickerController {
        let picker = UIImagePickerController()
        picker.sourceType = .camera
        picker.delegate = context.coordinator
        return picker
    }

    func updateUIViewController(_ picker: UIImagePickerController, context: Context) {}

    func makeCoordinator() -> Coordinator {
        Coordinator(taken: taken, dismiss: dismiss)
    }

    final class Coordinator: NSObject, UIImagePickerControllerDelegate, UINavigationControllerDelegate {
        private let taken: (UIImage) -> Void
        private let dismiss: DismissAction

        init(taken: @escaping (UIImage) -> Void, dismiss: DismissAction) {
            self.taken = taken
            self.dismiss = dismiss
        }

        func imagePickerController(
            _ picker: UIImagePickerController,
            didFinishPickingMediaWithInfo info: [UIImagePickerController.InfoKey: Any]
        ) {
            if let photo = info[.originalImage] as? UIImage {
                taken(photo)
            }
            dismiss()
        }

        func imagePickerControllerDidCancel(_ picker: UIImagePickerController) {
            dismiss()
        }
    }
}
