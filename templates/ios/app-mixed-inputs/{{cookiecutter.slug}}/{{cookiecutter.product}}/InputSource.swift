// SPDX-License-Identifier: MIT-0
import ModelKit
import SwiftUI

/// What an input is taken from: some of this model's are numbers, some are pictures.
enum InputSource: Sendable {
    case numbers(NumbersSource)
    case picture(PictureSource)

    /// The inputs that are pictures, by their names.
    static let pictures: Set<String> = [{{ cookiecutter.picture_inputs }}]

    static func first(for info: TensorInfo) -> InputSource? {
        pictures.contains(info.name) ? nil : NumbersSource.first(for: info).map(InputSource.numbers)
    }

    func tensor(for info: TensorInfo) throws -> Tensor {
        switch self {
        case .numbers(let source): try source.tensor(for: info)
        case .picture(let source): try source.tensor(for: info)
        }
    }
}

extension InputSource? {
    fileprivate var numbers: NumbersSource? {
        get { if case .numbers(let source) = self { source } else { nil } }
        set { self = newValue.map(InputSource.numbers) }
    }

    fileprivate var picture: PictureSource? {
        get { if case .picture(let source) = self { source } else { nil } }
        set { self = newValue.map(InputSource.picture) }
    }
}

/// The row of an input of either kind.
struct InputRow: View {
    let info: TensorInfo
    @Binding var source: InputSource?

    var body: some View {
        if InputSource.pictures.contains(info.name) {
            PictureRow(info: info, source: $source.picture)
        } else {
            NumbersRow(info: info, source: $source.numbers)
        }
    }
}
