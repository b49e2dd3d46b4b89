// SPDX-License-Identifier: MIT-0
import Foundation

/// Where the goldens are, in the tests of a Swift package.
enum TestResources {
    static var bundle: Bundle { .module }
}
