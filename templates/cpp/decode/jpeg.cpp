// SPDX-License-Identifier: MIT-0
// JPEG: the headers as Pillow 13 walks them (they decide orientation and what is refused), the pixels by libjpeg-turbo
// with its default settings (accurate integer DCT, smooth upsampling of chroma), which are Pillow's.
#include <csetjmp>
#include <cstddef>
#include <cstdio>  // jpeglib.h uses FILE and does not include it

#include <jpeglib.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "decode/decode.h"
#include "decode/decoded.h"
#include "decode/orientation.h"

namespace edgegen::decode {
namespace {

constexpr char kJpeg[] = "JPEG";
constexpr char kXmpPrefix[] = "http://ns.adobe.com/xap/1.0/";  // and a zero

/// The markers from the start of the file to the first scan.
class Headers {
public:
    explicit Headers(Bytes file) : file_(file) { walk(); }

    std::uint32_t width = 0, height = 0;
    std::optional<std::uint32_t> components;
    OrientationSources orientation;
    bool resolution_in_jfif = false;  ///< Pillow then reads EXIF later, and raises when it cannot be read

private:
    void walk();
    void segment(std::uint32_t marker);
    void app(std::uint32_t marker, Bytes body);
    void frame(Bytes body);
    void quantization(Bytes body);

    Bytes file_;
    std::size_t at_ = 2;  // after the start-of-image marker
    std::vector<Bytes> icc_;
};

void Headers::walk() {
    // Anything that is not 0xFF between two segments is skipped, as are 0xFF 0x00 and fill bytes.
    while (true) {
        while (at_ < file_.size && file_.data[at_] != 0xff) ++at_;
        while (at_ < file_.size && file_.data[at_] == 0xff) ++at_;
        if (at_ >= file_.size) fail_truncated(kJpeg);
        const std::uint32_t marker = file_.data[at_++];
        if (marker == 0x00) continue;
        if (marker < 0xc0) fail_damaged(kJpeg, "an unknown marker");
        const bool bare = marker == 0xc8 || (marker >= 0xd0 && marker <= 0xd9) || (marker >= 0xf0 && marker <= 0xfd);
        if (!bare) segment(marker);
        if (marker == 0xda) break;
    }
    if (!components) fail_damaged(kJpeg, "no frame header");
}

void Headers::segment(std::uint32_t marker) {
    if (!file_.has(at_, 2)) fail_truncated(kJpeg);
    const std::size_t length = std::max<std::size_t>(big16(file_.data + at_), 2);
    if (!file_.has(at_, length)) fail_truncated(kJpeg);
    const Bytes body{file_.data + at_ + 2, length - 2};
    at_ += length;
    const bool frame_header = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xcc;
    if (frame_header || marker == 0xde) frame(body);
    if (marker >= 0xe0 && marker <= 0xef) app(marker, body);
    if (marker == 0xdb) quantization(body);
}

void Headers::app(std::uint32_t marker, Bytes body) {
    if (marker == 0xe0 && body.starts_with("JFIF")) {
        if (body.size < 7) fail_damaged(kJpeg, "a short JFIF header");
        if (body.size >= 12) resolution_in_jfif |= body.data[7] == 1 || body.data[7] == 2;
    } else if (marker == 0xe1 && body.starts_with("Exif\0\0")) {
        // More than 64 KB of EXIF comes in several segments, of which the first keeps its prefix.
        const Bytes part = orientation.exif ? body.from(6) : body;
        if (!orientation.exif) orientation.exif.emplace();
        orientation.exif->insert(orientation.exif->end(), part.data, part.data + part.size);
    } else if (marker == 0xe1 && body.size >= sizeof kXmpPrefix && body.starts_with(kXmpPrefix) &&
               body.data[sizeof kXmpPrefix - 1] == 0) {
        const Bytes text = body.from(sizeof kXmpPrefix);
        orientation.xmp.assign(reinterpret_cast<const char*>(text.data), text.size);
    } else if (marker == 0xe2 && body.starts_with("ICC_PROFILE\0")) {
        icc_.push_back(body);
    } else if (marker == 0xee && body.starts_with("Adobe") && body.size < 7) {
        fail_damaged(kJpeg, "a short Adobe header");
    }
}

void Headers::frame(Bytes body) {
    if (body.size < 6 || (body.size - 6) % 3 != 0) fail_damaged(kJpeg, "a short frame header");
    if (body.data[0] != 8) {
        throw DecodeError("the JPEG has " + std::to_string(body.data[0]) + " bits per sample, and only 8 are read",
                          "Export it with 8 bits per sample");
    }
    height = big16(body.data + 1);
    width = big16(body.data + 3);
    components = body.data[5];
    for (const Bytes& profile : icc_) {
        if (profile.size < 14) fail_damaged(kJpeg, "a short colour profile");
    }
    icc_.clear();
}

void Headers::quantization(Bytes body) {
    while (body.size > 0) {
        const std::size_t length = body.data[0] < 16 ? 1 + 64 : 1 + 128;
        if (body.size < length) fail_damaged(kJpeg, "a short quantization table");
        body = body.from(length);
    }
}

/// libjpeg's view of the file and of the picture. Plain data only: longjmp leaves the functions that use it.
struct Decoder {
    jpeg_decompress_struct info;
    jpeg_error_mgr errors;
    jpeg_source_mgr source;
    std::jmp_buf on_error;
    char message[JMSG_LENGTH_MAX];
};

Decoder* decoder_of(j_common_ptr info) { return static_cast<Decoder*>(info->client_data); }

[[noreturn]] void fail_in_libjpeg(j_common_ptr info) {
    Decoder* decoder = decoder_of(info);
    info->err->format_message(info, decoder->message);
    std::longjmp(decoder->on_error, 1);
}

void ignore_message(j_common_ptr) {}
void ignore_source(j_decompress_ptr) {}

/// "No more data": libjpeg suspends, and the caller sees a file that ends early. libjpeg's own memory source would make
/// up an end marker here and paint the missing rows gray, which Pillow does not accept.
boolean no_more_input(j_decompress_ptr) { return FALSE; }

void skip_input(j_decompress_ptr info, long count) {
    if (count <= 0) return;
    const std::size_t skipped = std::min(static_cast<std::size_t>(count), info->src->bytes_in_buffer);
    info->src->next_input_byte += skipped;
    info->src->bytes_in_buffer -= skipped;
}

enum class Outcome { kDone, kTruncated, kDamaged, kWrongSize };

void start(Decoder* decoder, Bytes file) {
    decoder->message[0] = '\0';
    decoder->info.err = jpeg_std_error(&decoder->errors);
    decoder->info.client_data = decoder;
    decoder->errors.error_exit = fail_in_libjpeg;
    decoder->errors.output_message = ignore_message;
    decoder->source.init_source = ignore_source;
    decoder->source.fill_input_buffer = no_more_input;
    decoder->source.skip_input_data = skip_input;
    decoder->source.resync_to_restart = jpeg_resync_to_restart;
    decoder->source.term_source = ignore_source;
    decoder->source.next_input_byte = file.data;
    decoder->source.bytes_in_buffer = file.size;
}

/// Reads all rows into `rgb`, `height` rows of `width * 3` bytes. No object with a destructor may live in here.
Outcome read_rows(Decoder* decoder, std::uint32_t width, std::uint32_t height, std::uint8_t* rgb) {
    if (setjmp(decoder->on_error)) return Outcome::kDamaged;
    jpeg_create_decompress(&decoder->info);
    decoder->info.src = &decoder->source;
    int header;
    do {
        header = jpeg_read_header(&decoder->info, FALSE);
    } while (header == JPEG_HEADER_TABLES_ONLY);
    if (header == JPEG_SUSPENDED) return Outcome::kTruncated;
    if (decoder->info.image_width != width || decoder->info.image_height != height) return Outcome::kWrongSize;
    decoder->info.out_color_space = JCS_RGB;  // from YCbCr, RGB or gray, as libjpeg finds it
    if (!jpeg_start_decompress(&decoder->info)) return Outcome::kTruncated;
    while (decoder->info.output_scanline < height) {
        JSAMPROW rows[8];
        JDIMENSION count = std::min<JDIMENSION>(8, height - decoder->info.output_scanline);
        for (JDIMENSION i = 0; i < count; ++i) {
            rows[i] = rgb + static_cast<std::size_t>(decoder->info.output_scanline + i) * width * 3;
        }
        if (jpeg_read_scanlines(&decoder->info, rows, count) == 0) return Outcome::kTruncated;
    }
    // Looks for the end marker; that it is missing is forgiven, what it finds instead is not.
    jpeg_finish_decompress(&decoder->info);
    return Outcome::kDone;
}

}  // namespace

Decoded decode_jpeg(Bytes file, std::int64_t max_pixels) {
    const Headers headers(file);
    if (*headers.components == 4) {
        throw DecodeError("this is a CMYK picture, and only RGB and gray are read", "Convert it to RGB");
    }
    if (*headers.components != 1 && *headers.components != 3) {
        throw DecodeError(
            "the JPEG has " + std::to_string(*headers.components) + " colour components, and only 1 or 3 are read",
            "Convert it to RGB");
    }
    check_size(headers.width, headers.height, max_pixels);
    Decoded decoded;
    decoded.orientation = find_orientation(headers.orientation, !headers.resolution_in_jfif);
    decoded.image = make_rgb(headers.width, headers.height);

    Decoder decoder{};
    start(&decoder, file);
    const Outcome outcome = read_rows(&decoder, headers.width, headers.height, decoded.image.pixels.data());
    jpeg_destroy_decompress(&decoder.info);
    if (outcome == Outcome::kTruncated) fail_truncated(kJpeg);
    if (outcome == Outcome::kDamaged) fail_damaged(kJpeg, decoder.message);
    if (outcome == Outcome::kWrongSize) fail_damaged(kJpeg, "two frame headers");
    return decoded;
}

}  // namespace edgegen::decode
