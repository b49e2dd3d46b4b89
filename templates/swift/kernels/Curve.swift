// SPDX-License-Identifier: MIT-0

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The curves of Pillow's filters, in Double. Swift never fuses a multiplication with an addition by itself.
enum Curve {
    /// How far a curve reaches from its middle, in pixels of the smaller picture.
    static func reach(_ filter: Filter) throws(KernelError) -> Double {
        switch filter {
        case .box: return 0.5
        case .bilinear, .hamming: return 1
        case .bicubic: return 2
        case .lanczos: return 3
        case .nearest: throw KernelError("no weights for nearest; Axis.nearestPixels does it")
        }
    }

    /// The curve's height at x, in pixels of the smaller picture.
    static func at(_ x: Double, _ filter: Filter) -> Double {
        switch filter {
        case .nearest, .box: return x > -0.5 && x <= 0.5 ? 1 : 0
        case .bilinear: return bilinear(abs(x))
        case .hamming: return hamming(abs(x))
        case .bicubic: return bicubic(abs(x))
        case .lanczos: return -3 <= x && x < 3 ? sinc(x) * sinc(x / 3) : 0
        }
    }

    private static func bilinear(_ x: Double) -> Double {
        x < 1 ? 1 - x : 0
    }

    private static func hamming(_ x: Double) -> Double {
        if x == 0 { return 1 }
        if x >= 1 { return 0 }
        let angle = x * Double.pi
        // Floats: as doubles, 0.54 and 0.46 would give other weights.
        return sin(angle) / angle * (Double(0.54 as Float) + Double(0.46 as Float) * cos(angle))
    }

    private static func bicubic(_ x: Double) -> Double {
        let a = -0.5
        if x < 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
        if x < 2 { return (((x - 5) * x + 8) * x - 4) * a }
        return 0
    }

    private static func sinc(_ x: Double) -> Double {
        if x == 0 { return 1 }
        let angle = x * Double.pi
        return sin(angle) / angle
    }
}
