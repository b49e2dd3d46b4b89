#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#endif

// The linker's --wrap sends every call of malloc and its kind here, those of Swift's own runtime too.

@_silgen_name("__real_malloc")
private func realMalloc(_ size: Int) -> UnsafeMutableRawPointer?
@_silgen_name("__real_calloc")
private func realCalloc(_ count: Int, _ size: Int) -> UnsafeMutableRawPointer?
@_silgen_name("__real_realloc")
private func realRealloc(_ memory: UnsafeMutableRawPointer?, _ size: Int) -> UnsafeMutableRawPointer?
@_silgen_name("__real_posix_memalign")
private func realPosixMemalign(
    _ memory: UnsafeMutablePointer<UnsafeMutableRawPointer?>,
    _ alignment: Int,
    _ size: Int
) -> Int32
@_silgen_name("__real_aligned_alloc")
private func realAlignedAlloc(_ alignment: Int, _ size: Int) -> UnsafeMutableRawPointer?

/// One thread only.
nonisolated(unsafe) private var count = 0

@_cdecl("__wrap_malloc")
func countedMalloc(_ size: Int) -> UnsafeMutableRawPointer? {
    count &+= 1
    return realMalloc(size)
}

@_cdecl("__wrap_calloc")
func countedCalloc(_ items: Int, _ size: Int) -> UnsafeMutableRawPointer? {
    count &+= 1
    return realCalloc(items, size)
}

@_cdecl("__wrap_realloc")
func countedRealloc(_ memory: UnsafeMutableRawPointer?, _ size: Int) -> UnsafeMutableRawPointer? {
    count &+= 1
    return realRealloc(memory, size)
}

@_cdecl("__wrap_posix_memalign")
func countedPosixMemalign(
    _ memory: UnsafeMutablePointer<UnsafeMutableRawPointer?>,
    _ alignment: Int,
    _ size: Int
) -> Int32 {
    count &+= 1
    return realPosixMemalign(memory, alignment, size)
}

@_cdecl("__wrap_aligned_alloc")
func countedAlignedAlloc(_ alignment: Int, _ size: Int) -> UnsafeMutableRawPointer? {
    count &+= 1
    return realAlignedAlloc(alignment, size)
}

/// How often memory was asked for during a call.
func allocations(_ call: () throws -> Void) rethrows -> Int {
    let before = count
    try call()
    return count - before
}
