// SPDX-License-Identifier: MIT-0
// EXIF and XMP as Pillow 13 reads them (Image.getexif and TiffImagePlugin's directory reader), corrupt ones included:
// a photo that Python turned in training and the device does not is 45 % of the answers lost.
#include "decode/orientation.h"

#include <bitset>
#include <cstring>

#include "decode/decode.h"

namespace edgegen::decode {
namespace {

constexpr std::uint32_t kOrientationTag = 0x0112;

/// Bytes of one value of each TIFF type, by its number: BYTE is 1, ASCII 2, SHORT 3, LONG 4, RATIONAL 5, SBYTE 6,
/// UNDEFINED 7, SSHORT 8, SLONG 9, SRATIONAL 10, FLOAT 11, DOUBLE 12, IFD 13, LONG8 16. An entry of type 0 is skipped.
constexpr std::uint8_t kTypeBytes[] = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8};

std::uint64_t type_bytes(std::uint32_t type) { return type < sizeof kTypeBytes ? kTypeBytes[type] : 0; }

/// Numbers of a TIFF file in its byte order.
struct TiffReader {
    Bytes file;
    bool little;

    std::uint32_t u16(std::size_t at) const { return little ? little16(file.data + at) : big16(file.data + at); }
    std::uint32_t u32(std::size_t at) const { return little ? little32(file.data + at) : big32(file.data + at); }
    std::uint64_t u64(std::size_t at) const {
        const std::uint64_t first = u32(at), second = u32(at + 4);
        return little ? second << 32 | first : first << 32 | second;
    }

    template <class Float, class Bits>
    static double as_float(Bits bits) {
        Float value;
        static_assert(sizeof value == sizeof bits);
        std::memcpy(&value, &bits, sizeof value);
        return static_cast<double>(value);
    }

    /// The first value of an entry as a number; 0 (no orientation) for text and raw bytes, which Pillow does not take
    /// for numbers either: an orientation of type BYTE is ignored.
    double first_value(std::uint32_t type, std::size_t at) const {
        switch (type) {
            case 3: return u16(at);
            case 4:
            case 13: return u32(at);
            case 5: return quotient(u32(at), u32(at + 4));
            case 6: return static_cast<std::int8_t>(file.data[at]);
            case 8: return static_cast<std::int16_t>(u16(at));
            case 9: return static_cast<std::int32_t>(u32(at));
            case 10: return quotient(static_cast<std::int32_t>(u32(at)), static_cast<std::int32_t>(u32(at + 4)));
            case 11: return as_float<float>(u32(at));
            case 12: return as_float<double>(u64(at));
            case 16: return static_cast<double>(u64(at));
            default: return 0;
        }
    }

    static double quotient(std::int64_t numerator, std::int64_t denominator) {
        const bool whole = denominator != 0 && numerator % denominator == 0;
        return whole ? static_cast<double>(numerator / denominator) : 0;
    }
};

int orientation_or_upright(double value) {
    for (int orientation = 2; orientation <= 8; ++orientation) {
        if (value == orientation) return orientation;
    }
    return 1;
}

bool has_tiff_header(Bytes file) {
    // The second and the third are wrong and accepted, as in Pillow. BigTIFF ("II\x2b\0") needs a longer header than
    // Pillow gives it and fails there; written big-endian it is read as if it were an ordinary TIFF.
    return file.size >= 8 &&
           (file.starts_with("MM\0\x2a") || file.starts_with("MM\x2a\0") || file.starts_with("II\0\x2a") ||
            file.starts_with("II\x2a\0") || file.starts_with("MM\0\x2b"));
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

[[noreturn]] void fail_exif() {
    throw DecodeError("its EXIF block cannot be read", "Write the picture anew, or remove its metadata");
}

/// The bytes of a "Raw profile type exif": what follows the third line break, in hex, as bytes.fromhex reads it.
std::vector<std::uint8_t> raw_profile_bytes(const std::string& text) {
    std::size_t at = 0;
    for (int line = 0; line < 3; ++line) {
        const std::size_t end = text.find('\n', at);
        if (end == std::string::npos) return {};
        at = end + 1;
    }
    std::string digits;
    for (; at < text.size(); ++at) {
        if (text[at] != '\n') digits += text[at];
    }
    std::vector<std::uint8_t> bytes;
    for (std::size_t i = 0; i < digits.size();) {
        if (std::strchr(" \t\r\v\f", digits[i]) != nullptr && digits[i] != '\0') {
            ++i;
            continue;
        }
        const int high = hex_digit(digits[i]);
        const int low = i + 1 < digits.size() ? hex_digit(digits[i + 1]) : -1;
        if (high < 0 || low < 0) fail_exif();
        bytes.push_back(static_cast<std::uint8_t>(high * 16 + low));
        i += 2;
    }
    return bytes;
}

}  // namespace

ExifOrientation exif_orientation(Bytes block) {
    for (int prefix = 0; prefix < 2 && block.starts_with("Exif\0\0"); ++prefix) block = block.from(6);
    ExifOrientation found;
    if (block.size == 0) return found;
    if (!has_tiff_header(block)) {
        found.readable = false;
        return found;
    }
    const TiffReader tiff{block, block.data[0] == 'I'};
    std::size_t at = tiff.u32(4);
    if (!block.has(at, 2)) return found;
    const std::uint32_t entries = tiff.u16(at);
    at += 2;

    // Pillow stops at the first value that lies outside of the file and keeps what it has read up to there; values
    // that add up to more than the file are skipped; of a tag that comes twice the first is taken.
    std::bitset<65536> stored;
    std::uint64_t outside_bytes = 0;
    for (std::uint32_t entry = 0; entry < entries && block.has(at, 12); ++entry, at += 12) {
        const std::uint32_t tag = tiff.u16(at), type = tiff.u16(at + 2);
        if (stored[tag]) continue;
        const std::uint64_t bytes = type_bytes(type) * tiff.u32(at + 4);
        if (bytes == 0) continue;
        std::size_t value_at = at + 8;
        if (bytes > 4) {
            outside_bytes += bytes;
            if (outside_bytes > block.size) continue;
            value_at = tiff.u32(at + 8);
            if (!block.has(value_at, static_cast<std::size_t>(bytes))) break;
        }
        stored.set(tag);
        if (tag == kOrientationTag) {
            found.has_tag = true;
            found.value = orientation_or_upright(tiff.first_value(type, value_at));
            break;
        }
    }
    return found;
}

std::optional<int> xmp_orientation(const std::string& xmp) {
    const std::string name = "tiff:Orientation";
    for (std::size_t at = xmp.find(name); at != std::string::npos; at = xmp.find(name, at + 1)) {
        std::size_t value = at + name.size();
        if (xmp.compare(value, 2, "=\"") == 0) {
            value += 2;
        } else if (xmp.compare(value, 1, ">") == 0) {
            value += 1;
        } else {
            continue;
        }
        if (value < xmp.size() && xmp[value] >= '0' && xmp[value] <= '9') return xmp[value] - '0';
    }
    return std::nullopt;
}

int find_orientation(const OrientationSources& sources, bool forgive_bad_exif) {
    ExifOrientation found;
    if (sources.exif) {
        found = exif_orientation({sources.exif->data(), sources.exif->size()});
    } else if (sources.raw_profile) {
        const std::vector<std::uint8_t> exif = raw_profile_bytes(*sources.raw_profile);
        found = exif_orientation({exif.data(), exif.size()});
    }
    if (!found.readable) {
        if (!forgive_bad_exif) fail_exif();
        return 1;
    }
    if (found.has_tag) return found.value;
    const std::string& xmp = sources.xmp_text.empty() ? sources.xmp : sources.xmp_text;
    return orientation_or_upright(xmp_orientation(xmp).value_or(1));
}

}  // namespace edgegen::decode
