// SPDX-License-Identifier: MIT-0
import Foundation

/// Where the model is, in an app that takes ModelKit as a Swift package.
enum Resources {
    static var bundle: Bundle { .module }
}
