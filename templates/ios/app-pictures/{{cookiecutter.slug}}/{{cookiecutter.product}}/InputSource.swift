// SPDX-License-Identifier: MIT-0

/// Every input of this model is a picture.
typealias InputSource = PictureSource
typealias InputRow = PictureRow
