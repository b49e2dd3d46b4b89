// SPDX-License-Identifier: MIT-0
// Pillow's 8-bit resize: one contract, one definition (resize_scalar.cpp), and faster files that give the same bits.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/weights.h"

namespace edgegen {

/// In which order the two passes of a resize run. The picture is rounded to 8 bits between them, so it shows.
enum class PassOrder {
    kPillow13,         ///< Pillow 13: vertical first if the height shrinks by more than twice what the width shrinks
    kHorizontalFirst,  ///< Pillow 9.5 to 12: always the horizontal pass first
};

/// True if the vertical pass comes first. Sizes in pixels, before and after.
bool vertical_first(PassOrder order, int in_height, int in_width, int out_height, int out_width);

/// How many rows a horizontal pass takes at once: they share their weights, which saves a vector path half of its time.
inline constexpr int kRowsAtOnce = 4;

/// The two passes, as one CPU does them. All paths give the same bits.
struct ResizePath {
    const char* name;  ///< "scalar", "avx2", "neon"

    /// `count` rows along x, 1 to kRowsAtOnce. Each of `rows` holds `in_width` pixels of `channels` samples, the first
    /// being pixel `first_pixel` of the axis; each of `out` receives axis.count() pixels. No byte outside the rows is
    /// read or written. No two rows of `out` overlap, nor one of `out` and one of `rows`.
    void (*horizontal)(const Axis& axis, const std::uint8_t* const* rows, int count, int first_pixel, int in_width,
                       int channels, std::uint8_t* const* out);

    /// One row along y. `rows[j]` is the row under `weights[j]`, `taps` of them; each, and `out`, has `bytes` bytes.
    /// No byte outside the rows is read. `out` does not overlap any row.
    void (*vertical)(const std::int32_t* weights, const std::uint8_t* const* rows, int taps, std::size_t bytes,
                     std::uint8_t* out);
};

/// The path in use: the fastest that this CPU has, unless one was forced. Environment variable EDGEGEN_RESIZE=scalar,
/// =avx2 or =neon forces one from outside; a name that is unknown or that this CPU lacks throws std::invalid_argument.
const ResizePath& resize_path();

/// The path of that name, or null if it is unknown, not in this build or not supported by this CPU.
const ResizePath* find_resize_path(const char* name);

/// Uses this path from now on, in every thread; null: choose again. For tests.
void force_resize_path(const ResizePath* path);

}  // namespace edgegen
