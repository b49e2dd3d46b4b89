// Core Animation: the layer that a camera's preview is.

@_exported import CoreGraphics
@_exported import Foundation

open class CALayer: NSObject {
    public override init() { fatalError() }
    open var frame: CGRect {
        get { fatalError() }
        set { fatalError() }
    }
    open var bounds: CGRect {
        get { fatalError() }
        set { fatalError() }
    }
    open var cornerRadius: CGFloat {
        get { fatalError() }
        set { fatalError() }
    }
    open func addSublayer(_ layer: CALayer) { fatalError() }
}

public typealias CFTimeInterval = Double

public func CACurrentMediaTime() -> CFTimeInterval { fatalError() }
