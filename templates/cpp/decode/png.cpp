// SPDX-License-Identifier: MIT-0
// PNG pixels: libpng unpacks and unfilters, and the samples become RGB as Pillow 13's convert("RGB") makes them.
#include <csetjmp>
#include <cstddef>

#include <png.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

#include "decode/decode.h"
#include "decode/decoded.h"
#include "decode/png_chunks.h"

namespace edgegen::decode {
namespace {

constexpr char kPng[] = "PNG";

void put_big32(std::uint32_t value, std::uint8_t* out) {
    for (int i = 0; i < 4; ++i) out[i] = static_cast<std::uint8_t>(value >> (24 - 8 * i));
}

/// What libpng is given to read: a header of our making and the pixels' chunks, nothing else. A palette picture is
/// passed off as gray, so that the samples come out as they are and the palette stays ours (libpng would refuse an
/// index without a colour, which Pillow takes for black).
class PixelStream {
public:
    explicit PixelStream(const PngChunks& chunks) {
        std::uint8_t* out = header_.data();
        std::memcpy(out, "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", 16);
        put_big32(chunks.width, out + 16);
        put_big32(chunks.height, out + 20);
        out[24] = static_cast<std::uint8_t>(chunks.depth);
        out[25] = chunks.color == PngColor::kPalette ? 0 : static_cast<std::uint8_t>(chunks.color);
        out[26] = out[27] = 0;
        out[28] = chunks.interlaced ? 1 : 0;
        put_big32(static_cast<std::uint32_t>(crc32(0, out + 12, 17)), out + 29);
        pieces_.push_back({header_.data(), header_.size()});

        heads_.resize(chunks.pixels.size() * kHead);
        for (std::size_t i = 0; i < chunks.pixels.size(); ++i) {
            std::uint8_t* head = heads_.data() + i * kHead;
            put_big32(static_cast<std::uint32_t>(chunks.pixels[i].size), head);
            std::memcpy(head + 4, "IDAT", 4);
            pieces_.push_back({head, kHead});
            pieces_.push_back(chunks.pixels[i]);
            pieces_.push_back({kNoChecksum, sizeof kNoChecksum});
        }
    }

    /// False when there are fewer than `count` bytes left.
    bool read(std::uint8_t* out, std::size_t count) {
        while (count > 0 && piece_ < pieces_.size()) {
            const Bytes& piece = pieces_[piece_];
            const std::size_t taken = std::min(count, piece.size - offset_);
            std::copy_n(piece.data + offset_, taken, out);
            out += taken;
            count -= taken;
            offset_ += taken;
            if (offset_ == piece.size) {
                ++piece_;
                offset_ = 0;
            }
        }
        return count == 0;
    }

private:
    static constexpr std::size_t kHead = 8;
    static constexpr std::uint8_t kNoChecksum[4] = {};

    std::array<std::uint8_t, 33> header_{};
    std::vector<std::uint8_t> heads_;
    std::vector<Bytes> pieces_;
    std::size_t piece_ = 0, offset_ = 0;
};

/// Turns rows of samples into rows of RGB. A sample is two bytes, the high one first, or one (below 8 bits not scaled).
class RowConverter {
public:
    explicit RowConverter(const PngChunks& chunks)
        : width_(chunks.width),
          samples_(static_cast<std::size_t>(chunks.samples())),
          wide_(chunks.depth == 16),
          color_(chunks.color) {
        const int most = (1 << std::min(chunks.depth, 8)) - 1;
        for (int value = 0; value < 256; ++value) {
            for (int channel = 0; channel < 3; ++channel) {
                const int index = value * 3 + channel;
                // 1, 2 and 4 bits: 255, 85 and 17 times the value.
                levels_[index] = color_ == PngColor::kPalette
                                     ? chunks.palette[index]
                                     : static_cast<std::uint8_t>(std::min(value, most) * (255 / most));
            }
        }
    }

    std::size_t row_bytes() const { return width_ * samples_ * (wide_ ? 2 : 1); }

    void convert(const std::uint8_t* row, std::uint8_t* rgb) const noexcept {
        const bool gray = samples_ <= 2;
        if (gray && wide_ && samples_ == 1) {
            // Pillow keeps 16-bit gray as it is and cuts it off at 255 on the way to RGB: value >> 8 would look right
            // and differ in every pixel.
            for (std::size_t x = 0; x < width_; ++x, row += 2, rgb += 3) {
                std::memset(rgb, row[0] == 0 ? row[1] : 255, 3);
            }
        } else if (gray) {
            const std::size_t step = samples_ * (wide_ ? 2 : 1);
            for (std::size_t x = 0; x < width_; ++x, row += step, rgb += 3) std::memcpy(rgb, &levels_[row[0] * 3u], 3);
        } else {
            const std::size_t step = wide_ ? 2 : 1;
            for (std::size_t x = 0; x < width_; ++x, row += samples_ * step, rgb += 3) {
                rgb[0] = row[0];
                rgb[1] = row[step];
                rgb[2] = row[2 * step];
            }
        }
    }

private:
    std::size_t width_;
    std::size_t samples_;
    bool wide_;
    PngColor color_;
    std::array<std::uint8_t, 768> levels_{};
};

/// Everything the functions that longjmp leaves work with; they own nothing themselves.
struct Decoder {
    png_structp png = nullptr;
    png_infop info = nullptr;
    PixelStream* stream = nullptr;
    const RowConverter* converter = nullptr;
    std::uint8_t* samples = nullptr;  ///< one row; of an interlaced picture all rows
    Image* image = nullptr;
    bool truncated = false;
    char message[128] = {};
};

[[noreturn]] void fail_in_libpng(png_structp png, png_const_charp message) {
    auto* decoder = static_cast<Decoder*>(png_get_error_ptr(png));
    std::strncpy(decoder->message, message, sizeof decoder->message - 1);
    png_longjmp(png, 1);
}

void ignore_warning(png_structp, png_const_charp) {}

void read_bytes(png_structp png, png_bytep out, std::size_t count) {
    auto* decoder = static_cast<Decoder*>(png_get_io_ptr(png));
    if (decoder->stream->read(out, count)) return;
    decoder->truncated = true;
    png_error(png, "the pixels end early");
}

std::uint8_t* row_of(Image* image, int y) {
    return image->pixels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(image->width) * 3;
}

/// Whether every row has been handed out, so that the error came from what follows the last one.
bool has_all_rows(const Decoder& decoder, bool interlaced) {
    if (interlaced) return png_get_current_pass_number(decoder.png) >= PNG_INTERLACE_ADAM7_PASSES;
    return png_get_current_row_number(decoder.png) >= static_cast<png_uint_32>(decoder.image->height);
}

/// Reads the header and all rows into `samples`; false after an error. What is not interlaced is converted row by row,
/// but for the last one. No object with a destructor may live in here.
bool read_rows(Decoder* decoder, bool interlaced) {
    // After the last row libpng looks for the end of the stream. Pillow does not, and a file cut off there is whole.
    if (setjmp(png_jmpbuf(decoder->png))) return has_all_rows(*decoder, interlaced);
    png_structp png = decoder->png;
    png_set_read_fn(png, decoder, read_bytes);
    png_set_crc_action(png, PNG_CRC_QUIET_USE, PNG_CRC_QUIET_USE);
    png_set_user_limits(png, 0x7fffffff, 0x7fffffff);
#ifdef PNG_MAXIMUM_INFLATE_WINDOW
    // Some writers state too small a window; Pillow does not notice.
    png_set_option(png, PNG_MAXIMUM_INFLATE_WINDOW, PNG_OPTION_ON);
#endif
    png_read_info(png, decoder->info);
    png_set_packing(png);
    const int passes = png_set_interlace_handling(png);
    png_read_update_info(png, decoder->info);
    const std::size_t row_bytes = decoder->converter->row_bytes();
    if (png_get_rowbytes(png, decoder->info) != row_bytes) png_error(png, "rows of another length than stated");

    const int height = decoder->image->height;
    for (int pass = 0; pass < passes; ++pass) {
        for (int y = 0; y < height; ++y) {
            std::uint8_t* samples = decoder->samples + (interlaced ? static_cast<std::size_t>(y) * row_bytes : 0);
            png_read_row(png, samples, nullptr);
            if (!interlaced && y + 1 < height) decoder->converter->convert(samples, row_of(decoder->image, y));
        }
    }
    return true;
}

/// A few bytes that claim a huge picture are refused before its memory is asked for: deflate packs at most 1032 to 1.
void check_enough_data(const PngChunks& chunks) {
    std::uint64_t packed = 0;
    for (const Bytes& piece : chunks.pixels) packed += piece.size;
    const std::uint64_t bits =
        std::uint64_t{chunks.width} * chunks.height * static_cast<std::uint64_t>(chunks.samples() * chunks.depth);
    if (bits / 8 > (packed + 1) * 1032) fail_truncated(kPng);
}

}  // namespace

Decoded decode_png(Bytes file, std::int64_t max_pixels) {
    const PngChunks chunks = read_png_chunks(file);
    check_size(chunks.width, chunks.height, max_pixels);
    check_enough_data(chunks);
    Decoded decoded;
    decoded.orientation = find_orientation(chunks.orientation, /*forgive_bad_exif=*/false);
    decoded.image = make_rgb(chunks.width, chunks.height);

    PixelStream stream(chunks);
    const RowConverter converter(chunks);
    std::vector<std::uint8_t> samples(converter.row_bytes() * (chunks.interlaced ? chunks.height : 1));
    Decoder decoder;
    decoder.stream = &stream;
    decoder.converter = &converter;
    decoder.samples = samples.data();
    decoder.image = &decoded.image;
    decoder.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &decoder, fail_in_libpng, ignore_warning);
    if (decoder.png != nullptr) decoder.info = png_create_info_struct(decoder.png);
    const bool done = decoder.info != nullptr && read_rows(&decoder, chunks.interlaced);
    png_destroy_read_struct(&decoder.png, &decoder.info, nullptr);
    if (done) {
        const int height = decoded.image.height;
        for (int y = chunks.interlaced ? 0 : height - 1; y < height; ++y) {
            const std::size_t at = chunks.interlaced ? static_cast<std::size_t>(y) * converter.row_bytes() : 0;
            converter.convert(samples.data() + at, row_of(&decoded.image, y));
        }
        return decoded;
    }
    if (decoder.truncated) fail_truncated(kPng);
    fail_damaged(kPng, decoder.message);
}

}  // namespace edgegen::decode
