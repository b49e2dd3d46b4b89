// SPDX-License-Identifier: MIT-0

/// Every output of this model is the scores of classes.
typealias OutputSummary = RankingSummary
typealias OutputView = RankingView
