// Runs what of the app needs no device: one command a line, one answer a line.
import Foundation

for line in AnyIterator({ readLine() }) {
    let words = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    switch words[0] {
    case "npy", "random", "zeros":
        let shape = words[2].split(separator: ",").compactMap { Int($0) }
        let dynamic = Set(words[3].split(separator: ",").compactMap { Int($0) })
        let dtype = DType(rawValue: words[1]) ?? .float32
        let info = TensorInfo(name: "x", dtype: dtype, shape: shape, dynamicAxes: dynamic)
        do {
            let tensor =
                switch words[0] {
                case "npy": try NpyFile.tensor(for: info, from: [UInt8](Data(contentsOf: URL(fileURLWithPath: words[4]))))
                case "random": try NumbersSource.random.tensor(for: info)
                default: try NumbersSource.zeros.tensor(for: info)
                }
            print(tensor.description, tensor.bytes.map { String(format: "%02x", $0) }.joined(), separator: "\t")
        } catch {
            print("error", error, separator: "\t")
        }
    default:
        let markdown = try String(contentsOfFile: words[1], encoding: .utf8)
        let blocks = Notice.blocks(of: markdown).map { ["heading": $0.isHeading ? "yes" : "no", "text": $0.text] }
        print(String(decoding: try JSONEncoder().encode(blocks), as: UTF8.self))
    }
}
