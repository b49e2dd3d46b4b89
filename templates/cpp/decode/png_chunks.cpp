// SPDX-License-Identifier: MIT-0
// The chunks of a PNG as Pillow 13's PngImagePlugin walks them. libpng gets the pixels only: it would skip a broken
// text chunk that makes Pillow refuse the file, and refuse a checksum that Pillow never looks at.
#include "decode/png_chunks.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <optional>
#include <string>
#include <utility>

#include <zlib.h>

#include "decode/decode.h"
#include "decode/decoded.h"

namespace edgegen::decode {
namespace {

constexpr char kPng[] = "PNG";
constexpr std::size_t kMaxText = std::size_t{1} << 20;  ///< unpacked bytes of one text or profile, Pillow's limit
constexpr std::size_t kMaxTexts = 64 * kMaxText;        ///< of all texts

struct Chunk {
    std::string name;  ///< four bytes
    Bytes body;
    bool cut_short;  ///< the file ends before the body does; only matters to those who look at the body
    bool is(const char* other) const { return name == other; }
};

/// The bytes before the first `separator`, and those after it if there is one.
struct Halves {
    Bytes before;
    std::optional<Bytes> after;
};

Halves split_at_zero(Bytes text) {
    const void* zero = text.size == 0 ? nullptr : std::memchr(text.data, 0, text.size);
    if (zero == nullptr) return {text, std::nullopt};
    const auto length = static_cast<std::size_t>(static_cast<const std::uint8_t*>(zero) - text.data);
    return {{text.data, length}, text.from(length + 1)};
}

std::string to_string(Bytes text) { return {reinterpret_cast<const char*>(text.data), text.size}; }

/// zlib's unpacking as Python's decompressobj does it: a stream that breaks off gives what it has, a broken one none.
std::optional<std::string> unpack(Bytes packed) {
    z_stream stream{};
    if (inflateInit(&stream) != Z_OK) throw std::bad_alloc();
    std::string text;
    int result = Z_OK;
    stream.next_in = const_cast<Bytef*>(packed.data);
    stream.avail_in = static_cast<uInt>(packed.size);
    std::array<char, 16384> block;
    while (result == Z_OK && text.size() <= kMaxText) {
        stream.next_out = reinterpret_cast<Bytef*>(block.data());
        stream.avail_out = static_cast<uInt>(block.size());
        result = inflate(&stream, Z_SYNC_FLUSH);
        text.append(block.data(), block.size() - stream.avail_out);
    }
    inflateEnd(&stream);
    if (text.size() > kMaxText) {
        throw DecodeError("a text or colour profile in the PNG is larger than 1 MiB", "Remove the picture's metadata");
    }
    if (result != Z_STREAM_END && result != Z_BUF_ERROR) return std::nullopt;
    return text;
}

/// UTF-8 as Python's strict decoder takes it: no surrogates, nothing overlong, nothing above U+10FFFF.
bool is_utf8(Bytes text) {
    for (std::size_t i = 0; i < text.size;) {
        const std::uint32_t lead = text.data[i];
        if ((lead >= 0x80 && lead < 0xc2) || lead > 0xf4) return false;
        const std::size_t more = lead < 0x80 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
        if (!text.has(i, more + 1)) return false;
        for (std::size_t k = 1; k <= more; ++k) {
            if ((text.data[i + k] & 0xc0) != 0x80) return false;
        }
        const std::uint32_t second = more > 0 ? text.data[i + 1] : 0;
        if ((lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f)) return false;
        if ((lead == 0xf0 && second < 0x90) || (lead == 0xf4 && second > 0x8f)) return false;
        i += more + 1;
    }
    return true;
}

class Walker {
public:
    explicit Walker(Bytes file) : file_(file) {}

    PngChunks walk() {
        read_until_pixels();
        gather_pixels();
        read_after_pixels();
        return std::move(chunks_);
    }

private:
    void read_until_pixels();
    void gather_pixels();
    void read_after_pixels();
    std::optional<Chunk> next();
    void handle(const Chunk& chunk);
    void header(Bytes body);
    void palette(Bytes body);
    void transparency(Bytes body);
    void profile(Bytes body);
    void text(Bytes body);
    void packed_text(Bytes body);
    void international_text(Bytes body);
    void exif(Bytes body);
    void keep_text(const std::string& key, std::string value);
    void animation(const Chunk& chunk);
    void count_frame(Bytes body);
    static void need(const Chunk& chunk, std::size_t bytes);

    Bytes file_;
    std::size_t at_ = 8;  // after the signature
    PngChunks chunks_;
    bool has_header_ = false;
    std::size_t text_bytes_ = 0;
    std::optional<std::uint32_t> frames_;    // acTL
    std::optional<std::uint32_t> sequence_;  // the last number of fcTL and fdAT
    bool frame_before_pixels_ = false;       // fcTL
};

/// The next chunk without its checksum, over which `at_` then stands; none where Pillow finds no chunk's head.
std::optional<Chunk> Walker::next() {
    if (!file_.has(at_, 8)) return std::nullopt;
    Chunk chunk;
    const std::size_t length = big32(file_.data + at_);
    chunk.name = to_string({file_.data + at_ + 4, 4});
    const auto is_word = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    };
    if (!std::all_of(chunk.name.begin(), chunk.name.end(), is_word)) return std::nullopt;
    at_ += 8;
    chunk.body = {file_.data + at_, std::min(length, file_.size - at_)};
    chunk.cut_short = chunk.body.size < length;
    at_ += chunk.body.size;
    return chunk;
}

void Walker::read_until_pixels() {
    while (true) {
        const std::optional<Chunk> chunk = next();
        if (!chunk) fail_truncated(kPng);
        if (chunk->is("IEND")) fail_damaged(kPng, "no pixels");
        if (chunk->is("IDAT")) {
            chunks_.pixels.push_back(chunk->body);  // may be cut short: its rows may all be there
            break;
        }
        handle(*chunk);
        if (!file_.has(at_, 4)) fail_truncated(kPng);
        const auto* name_and_body = reinterpret_cast<const Bytef*>(chunk->body.data - 4);
        const auto checksum = crc32(0, name_and_body, static_cast<uInt>(chunk->body.size + 4));
        if (checksum != big32(file_.data + at_)) fail_damaged(kPng, "a wrong checksum in chunk " + chunk->name);
        at_ += 4;
    }
    if (!has_header_) fail_damaged(kPng, "no header");
}

void Walker::gather_pixels() {
    while (true) {
        const std::size_t end = at_;
        at_ = std::min(at_ + 4, file_.size);  // the checksum, not looked at
        const std::optional<Chunk> chunk = next();
        if (!chunk || !chunk->is("IDAT")) {
            at_ = end;
            return;
        }
        chunks_.pixels.push_back(chunk->body);
    }
}

void Walker::read_after_pixels() {
    const bool default_picture_first = frames_.has_value() && !frame_before_pixels_;
    const bool animated = frames_.value_or(1) + (default_picture_first ? 1 : 0) > 1;
    while (true) {
        at_ = std::min(at_ + 4, file_.size);
        const std::optional<Chunk> chunk = next();
        if (!chunk || chunk->is("IEND") || (animated && chunk->is("fcTL"))) return;
        handle(*chunk);
    }
}

void Walker::need(const Chunk& chunk, std::size_t bytes) {
    if (chunk.body.size < bytes) fail_damaged(kPng, "a short chunk " + chunk.name);
}

void Walker::handle(const Chunk& chunk) {
    if (chunk.cut_short) fail_truncated(kPng);
    if (chunk.is("IHDR")) {
        need(chunk, 13);
        header(chunk.body);
    } else if (chunk.is("PLTE")) {
        palette(chunk.body);
    } else if (chunk.is("tRNS")) {
        transparency(chunk.body);
    } else if (chunk.is("gAMA")) {
        need(chunk, 4);
    } else if (chunk.is("cHRM")) {
        need(chunk, 32);
    } else if (chunk.is("sRGB")) {
        need(chunk, 1);
    } else if (chunk.is("pHYs")) {
        need(chunk, 9);
    } else if (chunk.is("iCCP")) {
        profile(chunk.body);
    } else if (chunk.is("tEXt")) {
        text(chunk.body);
    } else if (chunk.is("zTXt")) {
        packed_text(chunk.body);
    } else if (chunk.is("iTXt")) {
        international_text(chunk.body);
    } else if (chunk.is("eXIf")) {
        exif(chunk.body);
    } else {
        animation(chunk);
    }
}

void Walker::header(Bytes body) {
    chunks_.width = big32(body.data);
    chunks_.height = big32(body.data + 4);
    const int depth = body.data[8], color = body.data[9];
    const bool small = depth == 1 || depth == 2 || depth == 4, large = depth == 8 || depth == 16;
    const bool known = (color == 0 && (small || large)) || (color == 3 && (small || depth == 8)) ||
                       ((color == 2 || color == 4 || color == 6) && large);
    if (!known) {
        fail_damaged(kPng, "unknown colour type " + std::to_string(color) + " with " + std::to_string(depth) + " bits");
    }
    if (body.data[11] != 0) fail_damaged(kPng, "unknown filter method");
    chunks_.depth = depth;
    chunks_.color = static_cast<PngColor>(color);
    chunks_.interlaced |= body.data[12] != 0;
    has_header_ = true;
}

void Walker::palette(Bytes body) {
    if (!has_header_ || chunks_.color != PngColor::kPalette) return;
    if (body.size / 3 > 256) fail_damaged(kPng, "a palette of more than 256 colours");
    chunks_.palette.fill(0);
    std::copy_n(body.data, body.size / 3 * 3, chunks_.palette.begin());
}

/// Changes no pixel, as convert("RGB") does not look at it; but a short one makes Pillow refuse the file.
void Walker::transparency(Bytes body) {
    const bool gray = chunks_.color == PngColor::kGray, rgb = chunks_.color == PngColor::kRgb;
    if (has_header_ && (gray || rgb) && body.size < (rgb ? 6u : 2u)) fail_damaged(kPng, "a short chunk tRNS");
}

/// Not applied either; Pillow unpacks it, and refuses what is too large.
void Walker::profile(Bytes body) {
    const Halves name_and_rest = split_at_zero(body);
    if (!name_and_rest.after || name_and_rest.after->size == 0 || name_and_rest.after->data[0] != 0) {
        fail_damaged(kPng, "a colour profile that cannot be read");
    }
    unpack(name_and_rest.after->from(1));
}

void Walker::keep_text(const std::string& key, std::string value) {
    text_bytes_ += value.size();
    if (text_bytes_ > kMaxTexts) {
        throw DecodeError("the texts in the PNG are larger than 64 MiB together", "Remove the picture's metadata");
    }
    if (key == "Raw profile type exif") chunks_.orientation.raw_profile = std::move(value);
    else if (key == "XML:com.adobe.xmp") chunks_.orientation.xmp_text = std::move(value);
}

void Walker::text(Bytes body) {
    const Halves halves = split_at_zero(body);
    const Bytes value = halves.after.value_or(Bytes{});
    const std::string key = to_string(halves.before);
    if (key == "exif") chunks_.orientation.exif.emplace(value.data, value.data + value.size);
    if (!key.empty()) keep_text(key, to_string(value));
}

void Walker::packed_text(Bytes body) {
    const Halves halves = split_at_zero(body);
    const Bytes packed = halves.after.value_or(Bytes{});
    if (packed.size > 0 && packed.data[0] != 0) fail_damaged(kPng, "a text packed in an unknown way");
    const std::optional<std::string> value = unpack(packed.from(packed.size > 0 ? 1 : 0));
    const std::string key = to_string(halves.before);
    if (!key.empty()) keep_text(key, value.value_or(""));
}

/// Key, 0, whether packed, how packed, language, 0, translated key, 0, text.
void Walker::international_text(Bytes body) {
    const Halves key = split_at_zero(body);
    if (!key.after || key.after->size < 2) return;
    const bool packed = key.after->data[0] != 0;
    const Halves language = split_at_zero(key.after->from(2));
    if (!language.after) return;
    const Halves translated = split_at_zero(*language.after);
    if (!translated.after) return;
    if (packed && key.after->data[1] != 0) return;
    std::string value;
    if (packed) {
        std::optional<std::string> unpacked = unpack(*translated.after);
        if (!unpacked) return;
        value = std::move(*unpacked);
    } else {
        value = to_string(*translated.after);
    }
    const std::string name = to_string(key.before);
    if (name == "XML:com.adobe.xmp") chunks_.orientation.xmp = value;
    const Bytes bytes{reinterpret_cast<const std::uint8_t*>(value.data()), value.size()};
    if (is_utf8(language.before) && is_utf8(translated.before) && is_utf8(bytes)) keep_text(name, std::move(value));
}

/// With the prefix that it has in a JPEG, as Pillow keeps it: a second one may follow, a third may not.
void Walker::exif(Bytes body) {
    constexpr char kPrefix[] = "Exif\0";  // and the zero that ends it
    // Its whole size at once: of an insert at the end GCC 12 believes, and warns, that it reads past the prefix.
    std::vector<std::uint8_t>& block = chunks_.orientation.exif.emplace(sizeof kPrefix + body.size);
    std::copy(kPrefix, kPrefix + sizeof kPrefix, block.begin());
    std::copy(body.data, body.data + body.size, block.begin() + sizeof kPrefix);
}

/// APNG: only the first picture is read, but a broken sequence makes Pillow refuse the file.
void Walker::animation(const Chunk& chunk) {
    if (chunk.is("acTL")) {
        need(chunk, 8);
        const std::uint32_t frames = big32(chunk.body.data);
        const bool again = frames_.has_value();
        frames_.reset();
        if (!again && frames != 0 && frames <= 0x80000000u) frames_ = frames;
    } else if (chunk.is("fcTL")) {
        need(chunk, 26);
        count_frame(chunk.body);
        const std::uint64_t width = big32(chunk.body.data + 4), height = big32(chunk.body.data + 8);
        const std::uint64_t left = big32(chunk.body.data + 12), top = big32(chunk.body.data + 16);
        if (left + width > chunks_.width || top + height > chunks_.height) {
            fail_damaged(kPng, "a frame outside of the picture");
        }
        if (chunks_.pixels.empty()) {
            frame_before_pixels_ = true;
            if (width != chunks_.width || height != chunks_.height) {
                throw DecodeError("the first frame of this animated PNG covers only a part of the picture",
                                  "Export one frame as a still picture");
            }
        }
    } else if (chunk.is("fdAT")) {
        need(chunk, 4);
        if (chunks_.pixels.empty()) fail_damaged(kPng, "a later frame's pixels come first");
        count_frame(chunk.body);
    }
}

/// The numbers of fcTL and fdAT chunks go up by one; the first fcTL has number 0.
void Walker::count_frame(Bytes body) {
    const std::uint32_t number = big32(body.data);
    if (sequence_ ? number != *sequence_ + 1 : number != 0) fail_damaged(kPng, "frames in the wrong order");
    sequence_ = number;
}

}  // namespace

PngChunks read_png_chunks(Bytes file) { return Walker(file).walk(); }

}  // namespace edgegen::decode
