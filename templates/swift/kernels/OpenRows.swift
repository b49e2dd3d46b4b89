// SPDX-License-Identifier: MIT-0

/// How the rows of a step are made of those of the step before it. Every step asks only for the window of the
/// picture before it that it needs.
extension Workspace {
    /// The rows of a window of the picture after that step.
    func open(_ step: Int, _ window: Window) throws(KernelError) -> Rows {
        let made = steps[step]
        switch made.kind {
        case .photo:
            return try openPhoto(window)
        case .gray:
            let source = try open(made.before, window)
            return grayRows.take().reset(
                source,
                inChannels: steps[made.before].channels,
                outChannels: made.channels,
                pixels: window.width
            )
        case .resize(.nearest):
            return try openNearest(made, window)
        case .resize(let filter):
            return try openResize(made, filter, window)
        case .crop(let left, let top):
            let source = try open(made.before, window.moved(right: left, down: top))
            return cropRows.take().reset(source, top: top)
        case .pad(let left, let top, let fill):
            return try openPad(made, left: left, top: top, fill, window)
        }
    }

    private func openPhoto(_ wanted: Window) throws(KernelError) -> Rows {
        let rows = photoRows.take()
        switch photo {
        case .image(let image):
            return rows.reset(image, left: wanted.left, firstLine: 0)
        case .source(let source):
            try source.read(wanted, into: window)
            return rows.reset(window.image, left: 0, firstLine: wanted.top)
        case .none:
            preconditionFailure("edgegen: a picture without a photo")
        }
    }

    private func openNearest(_ made: Step, _ wanted: Window) throws(KernelError) -> Rows {
        let before = steps[made.before]
        let rows = nearestRows.take()
        let span = try rows.pick(
            inHeight: before.height,
            inWidth: before.width,
            outHeight: made.height,
            outWidth: made.width,
            window: wanted
        )
        return rows.reset(try open(made.before, span), channels: made.channels)
    }

    /// Each pass only over the pixels that the next one needs; a side that stays has none.
    private func openResize(_ made: Step, _ filter: Filter, _ wanted: Window) throws(KernelError) -> Rows {
        let before = steps[made.before]
        var span = wanted
        var across: HorizontalRows?
        var down: VerticalRows?
        if before.width != made.width {
            let rows = horizontalRows.take()
            try rows.axis.reset(before.width, to: made.width, filter, wanted.left..<wanted.right)
            span.left = rows.axis.first(wanted.left)
            span.right = rows.axis.last(wanted.right - 1)
            across = rows
        }
        if before.height != made.height {
            let rows = verticalRows.take()
            try rows.axis.reset(before.height, to: made.height, filter, wanted.top..<wanted.bottom)
            span.top = rows.axis.first(wanted.top)
            span.bottom = rows.axis.last(wanted.bottom - 1)
            down = rows
        }
        var rows = try open(made.before, span)
        let isVerticalFirst = order.isVerticalFirst(
            inHeight: before.height,
            inWidth: before.width,
            outHeight: made.height,
            outWidth: made.width
        )
        if let down, isVerticalFirst {
            rows = down.reset(rows, bytes: span.width * made.channels)
        }
        if let across {
            let bottom = isVerticalFirst ? wanted.bottom : span.bottom
            rows = across.reset(rows, channels: made.channels, bottom: bottom)
        }
        if let down, !isVerticalFirst {
            rows = down.reset(rows, bytes: wanted.width * made.channels)
        }
        return rows
    }

    /// What of the picture is outside the window is not opened.
    private func openPad(_ made: Step, left: Int, top: Int, _ fill: Fill, _ wanted: Window)
        throws(KernelError) -> Rows
    {
        let before = steps[made.before]
        let shown = Window(
            left: max(wanted.left, left),
            top: max(wanted.top, top),
            right: min(wanted.right, left + before.width),
            bottom: min(wanted.bottom, top + before.height)
        )
        let rows = padRows.take()
        guard shown.left < shown.right, shown.top < shown.bottom else {
            return rows.reset(nil, windowPixels: wanted.width, channels: made.channels, fill: fill)
        }
        let part = PadRows.Part(
            source: try open(made.before, shown.moved(right: -left, down: -top)),
            top: top,
            rows: shown.top..<shown.bottom,
            before: shown.left - wanted.left,
            pixels: shown.width
        )
        return rows.reset(part, windowPixels: wanted.width, channels: made.channels, fill: fill)
    }
}
