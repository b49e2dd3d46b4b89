// SPDX-License-Identifier: MIT-0
import Foundation

/// The little Markdown that NOTICE.md is written in: headings, and paragraphs whose lines are joined.
enum Notice {
    struct Block: Identifiable, Sendable, Equatable {
        let id: Int
        let text: String
        let isHeading: Bool
    }

    /// The notice in the app's bundle. Throws when it is not there or cannot be read.
    static func read() async throws -> [Block] {
        guard let file = Bundle.main.url(forResource: "NOTICE", withExtension: "md") else {
            throw CocoaError(.fileNoSuchFile)
        }
        return blocks(of: try String(contentsOf: file, encoding: .utf8))
    }

    static func blocks(of markdown: String) -> [Block] {
        var blocks: [Block] = []
        var paragraph: [String] = []
        func add(_ text: String, isHeading: Bool) {
            blocks.append(Block(id: blocks.count, text: plain(text), isHeading: isHeading))
        }
        func endParagraph() {
            guard !paragraph.isEmpty else { return }
            add(paragraph.joined(separator: " "), isHeading: false)
            paragraph = []
        }
        for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("#") {
                endParagraph()
                add(line.drop { $0 == "#" || $0 == " " }.description, isHeading: true)
            } else if line.allSatisfy(\.isWhitespace) {
                endParagraph()
            } else {
                paragraph.append(line.description)
            }
        }
        endParagraph()
        return blocks
    }

    /// `text` without the backslashes that keep a mark from being one, and without the marks of code.
    private static func plain(_ text: String) -> String {
        var kept = ""
        var isEscaped = false
        for character in text {
            if isEscaped {
                kept += marks.contains(character) ? "" : "\\"
                kept.append(character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character != "`" {
                kept.append(character)
            }
        }
        return isEscaped ? kept + "\\" : kept
    }

    private static let marks: Set<Character> = ["\\", "`", "*", "_", "[", "]", "<", ">", "#", "|", "&"]
}
