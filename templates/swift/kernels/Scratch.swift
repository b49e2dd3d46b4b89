// SPDX-License-Identifier: MIT-0

/// Memory that grows when more is asked for and is used again otherwise; what is in it then is undefined.
final class Scratch<Element: BitwiseCopyable> {
    private(set) var start: UnsafeMutablePointer<Element>
    private var count = 0

    init() {
        start = .allocate(capacity: 0)
    }

    deinit {
        start.deallocate()
    }

    /// Room for `count` elements. What was there before is lost if that is more than ever before.
    func atLeast(_ count: Int) -> UnsafeMutablePointer<Element> {
        if count > self.count {
            start.deallocate()
            start = .allocate(capacity: count)
            self.count = count
        }
        return start
    }
}

/// Objects that are made once and handed out again and again, in the same order.
final class Pool<Item: AnyObject> {
    private let make: () -> Item
    private var made: [Item] = []
    private var taken = 0

    init(_ make: @escaping () -> Item) {
        self.make = make
    }

    func take() -> Item {
        if taken == made.count {
            made.append(make())
        }
        taken += 1
        return made[taken - 1]
    }

    func releaseAll() {
        taken = 0
    }
}
