// SPDX-License-Identifier: MIT-0
// NumPy's .npy files: one array of numbers each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace edgegen {

/// A .npy file that cannot be read or written. what() is one line: "FILE: PROBLEM. WHAT TO DO."
class NpyError : public std::runtime_error {
public:
    NpyError(const std::string& where, const std::string& problem, const std::string& hint);
};

/// An array: its numbers lie in `bytes` in C order (the last index runs fastest), little endian.
struct NpyArray {
    std::string dtype;                ///< as NumPy names it: "float32", "float16", "uint8", "int64", "bool" …
    std::vector<std::int64_t> shape;  ///< empty: a single number
    std::vector<std::uint8_t> bytes;  ///< exactly count() * item_bytes() of them

    /// How many numbers: the product of the shape.
    std::int64_t count() const;
    /// Bytes to one number.
    std::size_t item_bytes() const;
};

/// Bytes to one number of `dtype`: bool, int8 … int64, uint8 … uint64, float16, float32 or float64. Any other: 0.
std::size_t npy_item_bytes(const std::string& dtype);

/// Reads a .npy file that is in memory (format 1.0, 2.0 or 3.0). `where` names it in errors. Bytes after the array are
/// not looked at, as in numpy.load. Throws NpyError: not a .npy, cut short, big endian, Fortran order, text or objects.
NpyArray parse_npy(const std::uint8_t* bytes, std::size_t size, const std::string& where);

/// Reads the file at `path`. Throws NpyError.
NpyArray read_npy(const std::string& path);

/// The bytes numpy.save would write for this array, format 1.0. Throws NpyError when shape, dtype and bytes do not fit.
std::vector<std::uint8_t> format_npy(const NpyArray& array);

/// Writes the file at `path`, replacing it. Throws NpyError.
void write_npy(const std::string& path, const NpyArray& array);

}  // namespace edgegen
