import Foundation

/// What Python asks for: each run has one picture, or a file for each of the model's inputs.
struct Run: Decodable {
    struct Input: Decodable {
        let name: String
        let file: String
        /// Of a file of numbers; nil for a picture.
        let dtype: String?
        let shape: [Int]?
    }

    let input: String
    let files: [Input]
}

/// What a run gave, as the programs of other platforms print it.
struct Outcome: Encodable {
    struct Ranked: Encodable {
        let index: Int
        let label: String
        let probability: Float
    }

    struct Numbers: Encodable {
        let shape: [Int]
        let values: [Double?]
    }

    let input: String
    var top: [Ranked]?
    var outputs: [String: Numbers]?
    var milliseconds: [String: Double] = [:]
    var error: String?
}

/// Reads the runs, does them and writes what came of them, also where one fails.
func answer(_ body: @Sendable (Run) async throws -> Outcome) async throws {
    let arguments = CommandLine.arguments
    let runs = try JSONDecoder().decode([Run].self, from: Data(contentsOf: URL(fileURLWithPath: arguments[1])))
    var outcomes: [Outcome] = []
    for run in runs {
        do {
            outcomes.append(try await body(run))
        } catch {
            outcomes.append(Outcome(input: run.input, error: error.localizedDescription))
        }
    }
    try JSONEncoder().encode(outcomes).write(to: URL(fileURLWithPath: arguments[2]))
}

/// The content of a file.
func content(_ path: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: path))
}
