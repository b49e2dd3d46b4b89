// SPDX-License-Identifier: MIT-0

/// From pixels to the model's input: each 8-bit level is looked up in a table that Python made.
///
/// `levels[c * 256 + v]` is the bit pattern of the value that level v has in the tensor's channel c: UInt32
/// for float32, UInt16 for float16, UInt8 for uint8 and int8; 256 for each of the picture's channels. The
/// table is made by running the user's own transform on 0..255 in Python. Computing (v / 255 - mean) / std
/// here instead would differ in the last bit for up to half of the levels, by the order of operations and by
/// fused multiply-adds.
///
/// The tensor is written from its first byte on, of any alignment, without gaps. Once the picture's workspace
/// has seen its size, no call allocates.
///
/// All throw ``KernelError`` for a table of another size or too little room, and what a ``PixelSource``
/// throws.
enum ToTensor {
    /// Writes the picture as channels x height x width values of 32 bits.
    static func toChw(
        _ picture: Picture,
        levels: [UInt32],
        order: ChannelOrder,
        into tensor: UnsafeMutableRawBufferPointer
    ) throws(KernelError) {
        try chw(picture, levels, order, tensor)
    }

    /// Writes the picture as channels x height x width values of 16 bits.
    static func toChw(
        _ picture: Picture,
        levels: [UInt16],
        order: ChannelOrder,
        into tensor: UnsafeMutableRawBufferPointer
    ) throws(KernelError) {
        try chw(picture, levels, order, tensor)
    }

    /// Writes the picture as channels x height x width values of 8 bits.
    static func toChw(
        _ picture: Picture,
        levels: [UInt8],
        order: ChannelOrder,
        into tensor: UnsafeMutableRawBufferPointer
    ) throws(KernelError) {
        try chw(picture, levels, order, tensor)
    }

    /// Writes the picture as height x width x channels values of 32 bits.
    static func toHwc(
        _ picture: Picture,
        levels: [UInt32],
        order: ChannelOrder,
        into tensor: UnsafeMutableRawBufferPointer
    ) throws(KernelError) {
        try hwc(picture, levels, order, tensor)
    }

    /// Writes the picture as height x width x channels values of 16 bits.
    static func toHwc(
        _ picture: Picture,
        levels: [UInt16],
        order: ChannelOrder,
        into tensor: UnsafeMutableRawBufferPointer
    ) throws(KernelError) {
        try hwc(picture, levels, order, tensor)
    }

    /// Writes the picture as height x width x channels values of 8 bits.
    static func toHwc(
        _ picture: Picture,
        levels: [UInt8],
        order: ChannelOrder,
        into tensor: UnsafeMutableRawBufferPointer
    ) throws(KernelError) {
        try hwc(picture, levels, order, tensor)
    }

    @inline(__always)
    private static func chw<Bits: FixedWidthInteger & BitwiseCopyable>(
        _ picture: Picture,
        _ levels: [Bits],
        _ order: ChannelOrder,
        _ tensor: UnsafeMutableRawBufferPointer
    ) throws(KernelError) {
        let plane = picture.width * picture.height
        try lookUp(picture, levels, order, tensor, value: 1, channel: plane, row: picture.width)
    }

    @inline(__always)
    private static func hwc<Bits: FixedWidthInteger & BitwiseCopyable>(
        _ picture: Picture,
        _ levels: [Bits],
        _ order: ChannelOrder,
        _ tensor: UnsafeMutableRawBufferPointer
    ) throws(KernelError) {
        let channels = picture.channels
        try lookUp(picture, levels, order, tensor, value: channels, channel: 1, row: picture.width * channels)
    }

    /// `value`, `channel` and `row` are how many of the tensor's values further the next one of each is.
    @inline(__always)
    private static func lookUp<Bits: FixedWidthInteger & BitwiseCopyable>(
        _ picture: Picture,
        _ levels: [Bits],
        _ order: ChannelOrder,
        _ tensor: UnsafeMutableRawBufferPointer,
        value: Int,
        channel: Int,
        row: Int
    ) throws(KernelError) {
        let size = MemoryLayout<Bits>.size
        let channels = picture.channels
        guard levels.count == channels * 256 else {
            throw KernelError(
                "a table of \(levels.count) levels for a picture of \(channels) channels, which need 256 each"
            )
        }
        let needed = picture.width * picture.height * channels * size
        guard let start = tensor.baseAddress, tensor.count >= needed else {
            throw KernelError("a tensor of \(needed) bytes does not fit into \(tensor.count)")
        }
        let rows = try picture.rows()
        levels.withUnsafeBufferPointer { table in
            guard let table = table.baseAddress else { return }
            for y in 0..<picture.height {
                let pixels = rows.row(y)
                for c in 0..<channels {
                    let ofChannel = table + c * 256
                    var sample = pixels + (order == .bgr ? channels - 1 - c : c)
                    var out = start + (y * row + c * channel) * size
                    for _ in 0..<picture.width {
                        out.storeBytes(of: ofChannel[Int(sample.pointee)], as: Bits.self)
                        sample += channels
                        out += value &* size
                    }
                }
            }
        }
    }
}
