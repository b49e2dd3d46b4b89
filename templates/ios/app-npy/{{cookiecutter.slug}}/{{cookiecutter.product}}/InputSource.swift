// SPDX-License-Identifier: MIT-0

/// Every input of this model is numbers.
typealias InputSource = NumbersSource
typealias InputRow = NumbersRow
