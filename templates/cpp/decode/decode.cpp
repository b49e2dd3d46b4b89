// SPDX-License-Identifier: MIT-0
// Which format it is, what to say when it is none of ours, and the file around the bytes.
#include "decode/decode.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <new>
#include <utility>
#include <vector>

#include "decode/decoded.h"
#include "kernels/orient.h"

namespace edgegen {
namespace {

using decode::Bytes;

constexpr char kConvert[] = "Convert it to JPEG or PNG";

/// The name of a format that people do hand over, or null. Only for the message.
const char* other_format(Bytes file) {
    const auto at = [file](std::size_t offset, const char* text) {
        const std::size_t length = std::strlen(text);
        return file.has(offset, length) && std::memcmp(file.data + offset, text, length) == 0;
    };
    if (at(0, "RIFF") && at(8, "WEBP")) return "a WebP picture";
    if (at(4, "ftypavif") || at(4, "ftypavis")) return "an AVIF picture";
    if (at(4, "ftyphei") || at(4, "ftyphev") || at(4, "ftypmif1") || at(4, "ftypmsf1")) return "a HEIC picture";
    if (at(4, "ftyp")) return "a video";
    if (at(0, "GIF8")) return "a GIF picture";
    if (at(0, "BM")) return "a BMP picture";
    if (file.starts_with("II\x2a\0") || file.starts_with("MM\0\x2a")) return "a TIFF or raw picture";
    if (file.starts_with("\0\0\0\x0cjP  ") || file.starts_with("\xff\x4f\xff\x51")) return "a JPEG 2000 picture";
    if (file.starts_with("\0\0\0\x0cJXL ") || file.starts_with("\xff\x0a")) return "a JPEG XL picture";
    if (file.starts_with("\x93NUMPY")) return "a NumPy array";
    if (at(0, "%PDF")) return "a PDF document";
    if (at(0, "PK\x03\x04")) return "a zip archive";
    if (at(0, "<svg") || at(0, "<?xml")) return "an SVG or XML document";
    if (at(0, "<!DOCTYPE") || at(0, "<html") || at(0, "<!doctype")) return "a web page";
    return nullptr;
}

[[noreturn]] void fail_format(Bytes file) {
    if (file.size == 0) throw DecodeError("the file is empty", "Copy it again");
    if (file.starts_with("version https://git-lfs.github.com/spec/")) {
        throw DecodeError("this is a git-lfs pointer, not the picture itself", "Fetch the picture with: git lfs pull");
    }
    if (const char* format = other_format(file)) {
        throw DecodeError(std::string("this is ") + format + ", and only JPEG and PNG are read", kConvert);
    }
    std::string first;
    for (std::size_t i = 0; i < file.size && i < 8; ++i) {
        char hex[4];
        std::snprintf(hex, sizeof hex, "%s%02x", i == 0 ? "" : " ", file.data[i]);
        first += hex;
    }
    throw DecodeError("this is neither a JPEG nor a PNG picture (it begins with the bytes " + first + ")", kConvert);
}

std::vector<std::uint8_t> read_file(const std::string& path) {
    namespace fs = std::filesystem;
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status)) throw DecodeError("there is no such file", "Check the name");
    if (fs::is_directory(status)) throw DecodeError("this is a directory", "Name one picture in it");
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
    if (!file) throw DecodeError(std::strerror(errno), "Check that you may read it");

    // Read until the end and not by size, so that a pipe or a file that is still growing is whole or an error.
    std::vector<std::uint8_t> bytes;
    std::size_t used = 0, got = 0;
    do {
        bytes.resize(used + (std::size_t{1} << 20));
        got = std::fread(bytes.data() + used, 1, bytes.size() - used, file.get());
        used += got;
        if (used > static_cast<std::size_t>(kMaxFileBytes)) {
            throw DecodeError("the file is longer than 1 GiB", "Give a smaller picture");
        }
    } while (got > 0);
    if (std::ferror(file.get())) throw DecodeError("the file cannot be read to its end", "Copy it again");
    bytes.resize(used);
    return bytes;
}

/// A file name may hold a line break; the message may not.
std::string in_one_line(std::string text) {
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
    }
    return text;
}

}  // namespace

DecodeError::DecodeError(const std::string& line) : std::runtime_error(line) {}
DecodeError::DecodeError(const std::string& problem, const std::string& hint)
    : DecodeError(problem + ". " + hint + ".") {}
DecodeError DecodeError::in_file(const std::string& path, const DecodeError& error) {
    return DecodeError(in_one_line(path) + ": " + error.what());
}

Image decode_image(const std::uint8_t* bytes, std::size_t size, std::int64_t max_pixels) {
    const Bytes file{bytes, size};
    try {
        decode::Decoded decoded;
        if (decode::is_jpeg(file)) {
            decoded = decode::decode_jpeg(file, max_pixels);
        } else if (decode::is_png(file)) {
            decoded = decode::decode_png(file, max_pixels);
        } else {
            fail_format(file);
        }
        if (decoded.orientation == 1) return std::move(decoded.image);
        return orient(decoded.image.view(), decoded.orientation);
    } catch (const std::bad_alloc&) {
        throw DecodeError("there is not enough memory for this picture", "Give a smaller one");
    }
}

Image read_image(const std::string& path, std::int64_t max_pixels) {
    try {
        const std::vector<std::uint8_t> bytes = read_file(path);
        return decode_image(bytes.data(), bytes.size(), max_pixels);
    } catch (const DecodeError& error) {
        throw DecodeError::in_file(path, error);
    } catch (const std::bad_alloc&) {
        throw DecodeError::in_file(path,
                                   DecodeError("there is not enough memory to read it", "Give a smaller picture"));
    }
}

namespace decode {

void check_size(std::uint64_t width, std::uint64_t height, std::int64_t max_pixels) {
    // Width and height come from 32-bit fields at most: the product fits.
    const std::uint64_t pixels = width * height;
    const std::string size = std::to_string(width) + " x " + std::to_string(height) + " pixels";
    if (pixels == 0) throw DecodeError("the picture has no pixel (" + size + ")", "Export it anew");
    if (pixels > static_cast<std::uint64_t>(max_pixels)) {
        throw DecodeError("the picture is too large (" + size + ", at most " + std::to_string(max_pixels) + " in all)",
                          "Give a smaller one");
    }
    if (width > static_cast<std::uint64_t>(kMaxSide) || height > static_cast<std::uint64_t>(kMaxSide)) {
        throw DecodeError(
            "a side of the picture is too long (" + size + ", a side at most " + std::to_string(kMaxSide) + ")",
            "Give a smaller one");
    }
}

Image make_rgb(std::uint64_t width, std::uint64_t height) {
    Image image;
    image.width = static_cast<int>(width);
    image.height = static_cast<int>(height);
    image.channels = 3;
    image.pixels.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
    return image;
}

void fail_truncated(const char* format) {
    throw DecodeError(std::string("the ") + format + " data end early", "The file is cut short: copy it again");
}

void fail_damaged(const char* format, const std::string& why) {
    throw DecodeError(std::string("the ") + format + " data are damaged (" + in_one_line(why) + ")",
                      "Copy the file again, or export it anew");
}

}  // namespace decode
}  // namespace edgegen
