// SPDX-License-Identifier: MIT-0

/// Every output of this model is numbers.
typealias OutputSummary = ValuesSummary
typealias OutputView = ValuesView
