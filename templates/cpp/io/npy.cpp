// SPDX-License-Identifier: MIT-0
// The format: "\x93NUMPY", version, length of the header, a Python dict as text, padding, the numbers.
// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
#include "io/npy.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <limits>
#include <memory>
#include <optional>

namespace edgegen {
namespace {

constexpr char kMagic[] = "\x93NUMPY";
constexpr std::size_t kMagicBytes = 6;
constexpr std::size_t kAlignment = 64;                     ///< of the first number, as NumPy writes it
constexpr std::int64_t kMaxBytes = std::int64_t{1} << 40;  ///< no product of a shape below it wraps around
constexpr char kSaveAnew[] = "Save it with numpy.save(file, numpy.ascontiguousarray(array))";

struct Dtype {
    const char* name;
    const char* code;  ///< NumPy's descr
    std::size_t bytes;
};
constexpr Dtype kDtypes[] = {
    {"bool", "|b1", 1},   {"int8", "|i1", 1},    {"uint8", "|u1", 1},   {"int16", "<i2", 2},
    {"uint16", "<u2", 2}, {"int32", "<i4", 4},   {"uint32", "<u4", 4},  {"int64", "<i8", 8},
    {"uint64", "<u8", 8}, {"float16", "<f2", 2}, {"float32", "<f4", 4}, {"float64", "<f8", 8},
};

std::string in_one_line(std::string text) {
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
    }
    return text;
}

/// The dict in the header: {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }, its keys in any order.
class HeaderParser {
public:
    HeaderParser(std::string text, const std::string& where) : text_(std::move(text)), where_(where) {}

    std::string descr;
    bool fortran = false;
    std::vector<std::int64_t> shape;

    void parse() {
        bool has_descr = false, has_order = false, has_shape = false;
        expect('{');
        while (!accept('}')) {
            const std::string key = quoted();
            expect(':');
            if (key == "descr") {
                descr = quoted();
                has_descr = true;
            } else if (key == "fortran_order") {
                fortran = boolean();
                has_order = true;
            } else if (key == "shape") {
                shape = tuple();
                has_shape = true;
            } else {
                fail();
            }
            if (!accept(',')) {
                expect('}');
                break;
            }
        }
        if (!has_descr || !has_order || !has_shape) fail();
    }

private:
    [[noreturn]] void fail() const {
        throw NpyError(where_, "the header of the .npy file cannot be read",
                       "Only arrays of plain numbers can be read");
    }
    void skip_spaces() {
        while (at_ < text_.size() && std::strchr(" \n\t\r", text_[at_]) != nullptr && text_[at_] != '\0') ++at_;
    }
    bool accept(char c) {
        skip_spaces();
        const bool found = at_ < text_.size() && text_[at_] == c;
        if (found) ++at_;
        return found;
    }
    void expect(char c) {
        if (!accept(c)) fail();
    }
    std::string quoted() {
        skip_spaces();
        if (at_ >= text_.size() || (text_[at_] != '\'' && text_[at_] != '"')) fail();
        const std::size_t end = text_.find(text_[at_], at_ + 1);
        if (end == std::string::npos) fail();
        const std::string value = text_.substr(at_ + 1, end - at_ - 1);
        at_ = end + 1;
        return value;
    }
    bool boolean() {
        skip_spaces();
        if (text_.compare(at_, 4, "True") == 0) return at_ += 4, true;
        if (text_.compare(at_, 5, "False") == 0) return at_ += 5, false;
        fail();
    }
    std::vector<std::int64_t> tuple() {
        std::vector<std::int64_t> values;
        expect('(');
        while (!accept(')')) {
            values.push_back(number());
            if (!accept(',')) {
                expect(')');
                break;
            }
        }
        return values;
    }
    std::int64_t number() {
        skip_spaces();
        std::int64_t value = 0;
        const std::size_t start = at_;
        for (; at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9'; ++at_) {
            value = value * 10 + (text_[at_] - '0');
            if (value > kMaxBytes) fail();
        }
        if (at_ == start) fail();
        return value;
    }

    std::string text_;
    const std::string& where_;
    std::size_t at_ = 0;
};

/// The number of items, or nothing when their bytes would be more than kMaxBytes.
std::optional<std::int64_t> checked_count(const std::vector<std::int64_t>& shape, std::size_t item_bytes) {
    std::int64_t count = 1;
    for (const std::int64_t side : shape) {
        if (side < 0 || side > kMaxBytes) return std::nullopt;
        if (side != 0 && count > kMaxBytes / static_cast<std::int64_t>(item_bytes) / side) return std::nullopt;
        count *= side;
    }
    return count;
}

const Dtype* find_dtype(const std::string& name) {
    for (const Dtype& dtype : kDtypes) {
        if (name == dtype.name) return &dtype;
    }
    return nullptr;
}

const Dtype* find_code(const std::string& code) {
    for (const Dtype& dtype : kDtypes) {
        // The first letter is the byte order, which does not matter for one byte: '|', '<', '>' and '=' are all seen.
        if (code == dtype.code || (dtype.bytes == 1 && code.size() == 3 && code.compare(1, 2, dtype.code + 1) == 0)) {
            return &dtype;
        }
    }
    return nullptr;
}

}  // namespace

NpyError::NpyError(const std::string& where, const std::string& problem, const std::string& hint)
    : std::runtime_error(in_one_line(where + ": " + problem + ". " + hint + ".")) {}

std::size_t npy_item_bytes(const std::string& dtype) {
    const Dtype* found = find_dtype(dtype);
    return found == nullptr ? 0 : found->bytes;
}

std::size_t NpyArray::item_bytes() const { return npy_item_bytes(dtype); }

std::int64_t NpyArray::count() const {
    std::int64_t product = 1;
    for (const std::int64_t side : shape) product *= side;
    return product;
}

NpyArray parse_npy(const std::uint8_t* bytes, std::size_t size, const std::string& where) {
    if (size == 0) throw NpyError(where, "the file is empty", "Copy it again");
    if (size < kMagicBytes + 2 || std::memcmp(bytes, kMagic, kMagicBytes) != 0) {
        throw NpyError(where, "this is not a .npy file", kSaveAnew);
    }
    const int version = bytes[6];
    const std::size_t length_bytes = version == 1 ? 2 : 4;
    const std::size_t header_at = kMagicBytes + 2 + length_bytes;
    if (version < 1 || version > 3) {
        throw NpyError(where, "this is a .npy file of an unknown version (" + std::to_string(version) + ")", kSaveAnew);
    }
    std::size_t header_bytes = 0;
    for (std::size_t i = 0; i < length_bytes && header_at <= size; ++i) {
        header_bytes |= static_cast<std::size_t>(bytes[kMagicBytes + 2 + i]) << (8 * i);
    }
    if (header_at > size || header_bytes > size - header_at) {
        throw NpyError(where, "the file is cut short", "Copy it again");
    }
    HeaderParser header({reinterpret_cast<const char*>(bytes) + header_at, header_bytes}, where);
    header.parse();

    const Dtype* dtype = find_code(header.descr);
    if (dtype == nullptr) {
        const bool big_endian = !header.descr.empty() && header.descr[0] == '>';
        throw NpyError(where, "numbers of type \"" + header.descr + "\" cannot be read",
                       big_endian ? "Save it little endian: array.astype(array.dtype.newbyteorder('<'))"
                                  : "Save it as float32, or the dtype that the input has");
    }
    // A vector is the same in both orders, as is an array without numbers.
    if (header.fortran && header.shape.size() > 1) throw NpyError(where, "the array is in Fortran order", kSaveAnew);
    const std::optional<std::int64_t> count = checked_count(header.shape, dtype->bytes);
    const std::size_t data_at = header_at + header_bytes;
    if (!count || static_cast<std::uint64_t>(*count) > (size - data_at) / dtype->bytes) {
        throw NpyError(where, "the file is cut short: its numbers are fewer than its shape says", "Copy it again");
    }
    NpyArray array;
    array.dtype = dtype->name;
    array.shape = header.shape;
    array.bytes.assign(bytes + data_at, bytes + data_at + static_cast<std::size_t>(*count) * dtype->bytes);
    return array;
}

NpyArray read_npy(const std::string& path) {
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) {
        throw NpyError(path, "this is a directory", "Name one .npy file in it");
    }
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
    if (!file) throw NpyError(path, std::strerror(errno), "Check the name, and that you may read it");
    std::vector<std::uint8_t> bytes;
    std::size_t used = 0, got = 0;
    do {
        bytes.resize(used + (std::size_t{1} << 20));
        got = std::fread(bytes.data() + used, 1, bytes.size() - used, file.get());
        used += got;
    } while (got > 0);
    if (std::ferror(file.get())) throw NpyError(path, "the file cannot be read to its end", "Copy it again");
    return parse_npy(bytes.data(), used, path);
}

std::vector<std::uint8_t> format_npy(const NpyArray& array) {
    const Dtype* dtype = find_dtype(array.dtype);
    const std::optional<std::int64_t> count = dtype ? checked_count(array.shape, dtype->bytes) : std::nullopt;
    if (!count || static_cast<std::size_t>(*count) * dtype->bytes != array.bytes.size()) {
        throw NpyError("array", "its dtype, shape and bytes do not fit each other", "This is a mistake in the program");
    }
    std::string header = std::string("{'descr': '") + dtype->code + "', 'fortran_order': False, 'shape': (";
    for (std::size_t i = 0; i < array.shape.size(); ++i) {
        header += (i == 0 ? "" : ", ") + std::to_string(array.shape[i]);
    }
    header += array.shape.size() == 1 ? ",), }" : "), }";
    const std::size_t before = kMagicBytes + 4;
    header.append(kAlignment - (before + header.size() + 1) % kAlignment, ' ');
    header += '\n';
    if (header.size() > std::numeric_limits<std::uint16_t>::max()) {
        throw NpyError("array", "it has too many dimensions", "This is a mistake in the program");
    }
    std::string start(kMagic, kMagicBytes);
    start += {'\1', '\0', static_cast<char>(header.size() & 0xff), static_cast<char>(header.size() >> 8)};
    start += header;
    std::vector<std::uint8_t> bytes(start.begin(), start.end());
    bytes.insert(bytes.end(), array.bytes.begin(), array.bytes.end());
    return bytes;
}

void write_npy(const std::string& path, const NpyArray& array) {
    const std::vector<std::uint8_t> bytes = format_npy(array);
    std::FILE* file = std::fopen(path.c_str(), "wb");
    bool written = file != nullptr && std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
    const int reason = errno;
    // A full disk may show only when the file is closed.
    if (file != nullptr && std::fclose(file) != 0) written = false;
    if (!written) {
        throw NpyError(path, std::string("it cannot be written: ") + std::strerror(reason),
                       "Check the folder and the disk");
    }
}

}  // namespace edgegen
