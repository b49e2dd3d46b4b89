// SPDX-License-Identifier: MIT-0
import ModelKit
import SwiftUI

/// What each input is taken from, what the model makes of it, and the work that finds out.
@MainActor
final class RunSession: ObservableObject {
    enum Phase {
        case start
        case working
        case done(Outcome)
        case failed(Failure)
    }

    struct Outcome: Sendable {
        let outputs: [OutputSummary]
        /// Seconds from the files to the tensors.
        let reading: TimeInterval
        /// Seconds that the model took.
        let forward: TimeInterval
    }

    /// By the input's name. What was made of other inputs is no longer shown.
    @Published var sources: [String: InputSource] {
        didSet {
            work?.cancel()
            phase = .start
        }
    }
    @Published private(set) var phase = Phase.start

    private var model: Model?
    private var work: Task<Void, Never>?

    init() {
        let first = Model.inputs.compactMap { info in InputSource.first(for: info).map { (info.name, $0) } }
        sources = Dictionary(uniqueKeysWithValues: first)
    }

    /// Whether each input has something to be taken from.
    var canRun: Bool {
        Model.inputs.allSatisfy { sources[$0.name] != nil }
    }

    func run() {
        work?.cancel()
        phase = .working
        work = Task {
            do {
                let outcome = try await outcome(of: sources)
                try Task.checkCancellation()
                phase = .done(outcome)
            } catch {
                // Cancelled: another input was chosen, or the model is run again.
                if !Task.isCancelled {
                    phase = .failed(Failure(error))
                }
            }
        }
    }

    private func outcome(of sources: [String: InputSource]) async throws -> Outcome {
        let model = try await loaded()
        let begin = ContinuousClock.now
        let inputs = try await Self.read(sources)
        let read = ContinuousClock.now
        let outputs = try await model.run(inputs)
        let ran = ContinuousClock.now
        return Outcome(
            outputs: try await Self.summaries(of: outputs),
            reading: (read - begin) / .seconds(1),
            forward: (ran - read) / .seconds(1)
        )
    }

    private func loaded() async throws -> Model {
        if let model {
            return model
        }
        let loaded = try await Model.load()
        model = loaded
        return loaded
    }

    /// Away from the main actor: files are read, pictures decoded.
    private nonisolated static func read(_ sources: [String: InputSource]) async throws -> [String: Tensor] {
        var tensors: [String: Tensor] = [:]
        for info in Model.inputs {
            tensors[info.name] = try sources[info.name]?.tensor(for: info)
        }
        return tensors
    }

    /// Away from the main actor: every number is looked at.
    private nonisolated static func summaries(of outputs: [String: Tensor]) async throws -> [OutputSummary] {
        try Model.outputs.compactMap { info in
            try outputs[info.name].map { try OutputSummary(info: info, tensor: $0) }
        }
    }
}
