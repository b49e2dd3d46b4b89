// SPDX-License-Identifier: MIT-0
// Somebody else's bytes and numbers in them; private to decode/. No function here checks a bound: callers do, by name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace edgegen::decode {

/// A stretch of memory that is not owned. `data` may be null when `size` is 0.
struct Bytes {
    const std::uint8_t* data = nullptr;
    std::size_t size = 0;

    /// Whether `count` bytes can be read at `offset`; no sum that could wrap around.
    bool has(std::size_t offset, std::size_t count) const { return offset <= size && count <= size - offset; }

    /// From `offset` (at most size) to the end.
    Bytes from(std::size_t offset) const { return {data + offset, size - offset}; }

    /// `text` without its terminating zero; a string literal may hold zeros.
    template <std::size_t N>
    bool starts_with(const char (&text)[N]) const {
        return size >= N - 1 && std::memcmp(data, text, N - 1) == 0;
    }
};

inline std::uint32_t big16(const std::uint8_t* p) { return static_cast<std::uint32_t>(p[0]) << 8 | p[1]; }
inline std::uint32_t big32(const std::uint8_t* p) { return big16(p) << 16 | big16(p + 2); }
inline std::uint32_t little16(const std::uint8_t* p) { return static_cast<std::uint32_t>(p[1]) << 8 | p[0]; }
inline std::uint32_t little32(const std::uint8_t* p) { return little16(p + 2) << 16 | little16(p); }

}  // namespace edgegen::decode
