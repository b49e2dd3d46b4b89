// SPDX-License-Identifier: MIT-0
// Generated from edgegen.toml; "edgegen export" rewrites this file.

@testable import ModelKit

/// Each picture input's table of levels, and the CRC-32 of the one that Python computed.
enum GoldenLevels {
    static let tables: [String: (levels: [UInt32], checksum: UInt32)] = [
{{ cookiecutter.golden_levels }}
    ]
}
