// SPDX-License-Identifier: MIT-0

/// From a model's class scores to named classes.
public enum Scores {
    /// The most probable classes of an output, the best first; of equal ones the lower index first, as a
    /// stable sort in Python has it. A NaN comes last.
    ///
    /// - Parameters:
    ///   - output: the name of an output that edgegen.toml describes as a classification.
    ///   - scores: what the model gave for it.
    ///   - count: how many, at least 1; there are no more than classes.
    /// - Throws: ``ModelError/unsuitable(_:)`` where the output holds no class scores, or more than there are
    ///   classes.
    public static func top(_ output: String, _ scores: Tensor, count: Int = 5) throws(ModelError) -> [Label] {
        guard let described = Labels.scoreOutputs.first(where: { $0.name == output }) else {
            throw .unsuitable("the output \(output) holds no class scores")
        }
        return try top(scores, described.activation, names: Labels.names, count: count)
    }

    static func top(_ scores: Tensor, _ activation: Activation, names: [String], count: Int)
        throws(ModelError) -> [Label]
    {
        precondition(count >= 1, "the best \(count) classes were asked for")
        guard scores.count <= names.count else {
            throw .unsuitable("\(scores.count) scores for \(names.count) classes")
        }
        var values = scores.floats
        // By the scores themselves: two that differ can become one probability.
        let order = best(values, count)
        activation.apply(&values)
        return order.map { index in
            Label(index: index, name: names[index], probability: values[index])
        }
    }

    /// The indices of the best values, by insertion: they are few.
    private static func best(_ values: [Float], _ count: Int) -> [Int] {
        var best: [Int] = []
        for index in values.indices {
            if best.count == count {
                guard isBetter(values[index], than: values[best[count - 1]]) else { continue }
                best.removeLast()
            }
            // The later of two equal ones stays behind.
            let place = best.lastIndex { !isBetter(values[index], than: values[$0]) }.map { $0 + 1 } ?? 0
            best.insert(index, at: place)
        }
        return best
    }

    private static func isBetter(_ value: Float, than other: Float) -> Bool {
        value > other || (other.isNaN && !value.isNaN)
    }
}
