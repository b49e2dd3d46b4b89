// SPDX-License-Identifier: MIT-0

/// In which order the tensor's channels come. A gray picture has one channel and either will do.
enum ChannelOrder: Sendable {
    case rgb
    case bgr
}
