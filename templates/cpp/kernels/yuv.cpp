// SPDX-License-Identifier: MIT-0
#include "kernels/yuv.h"

#include <stdexcept>

#include "kernels/orient.h"

namespace edgegen {
namespace {

constexpr int kBits = 20;
constexpr std::int32_t kOneHalf = 1 << (kBits - 1);

/// Black's Y, and what Y, U and V are multiplied by, times 2^20, rounded to the nearest.
struct Weights {
    std::int32_t black, y, red_of_v, green_of_u, green_of_v, blue_of_u;
};

/// Limited range stretches Y by 255/219, U and V by 255/224.
Weights weights_of(YuvMatrix matrix, YuvRange range) {
    const bool full = range == YuvRange::kFull;
    if (matrix == YuvMatrix::kBt601) {
        return full ? Weights{0, 1048576, 1470104, -360853, -748826, 1858077}
                    : Weights{16, 1220945, 1673555, -410793, -852458, 2115221};
    }
    return full ? Weights{0, 1048576, 1651297, -196424, -490864, 1945738}
                : Weights{16, 1220945, 1879825, -223607, -558796, 2215014};
}

/// What U and V add to the sums of a pixel, black and the rounding half included.
struct Terms {
    std::int32_t red, green, blue;
};

std::uint8_t to_level(std::int32_t sum) {
    const std::int32_t level = sum >> kBits;  // arithmetic
    return static_cast<std::uint8_t>(level < 0 ? 0 : level > 255 ? 255 : level);
}

const std::uint8_t* sample(const YuvPlane& plane, int x, int y) {
    return plane.samples + y * plane.row_bytes + x * plane.pixel_bytes;
}

/// The terms of pixel (x, y), which it shares with its neighbours.
inline Terms terms_at(const YuvView& frame, const Weights& weights, int x, int y) {
    const std::int32_t cb = *sample(frame.u, x / 2, y / 2) - 128;
    const std::int32_t cr = *sample(frame.v, x / 2, y / 2) - 128;
    const std::int32_t start = kOneHalf - weights.black * weights.y;
    return {start + weights.red_of_v * cr, start + weights.green_of_u * cb + weights.green_of_v * cr,
            start + weights.blue_of_u * cb};
}

inline std::uint8_t* write_pixel(const Weights& weights, std::uint8_t luma, const Terms& terms, std::uint8_t* out) {
    const std::int32_t sum = weights.y * luma;
    out[0] = to_level(sum + terms.red);
    out[1] = to_level(sum + terms.green);
    out[2] = to_level(sum + terms.blue);
    return out + 3;
}

/// Row y of the crop; returns where it ends. Two pixels share their chroma, but the first of a row that begins at an
/// odd pixel, or the last.
std::uint8_t* convert_row(const YuvView& frame, const Weights& weights, const Window& crop, int y, std::uint8_t* out) {
    const std::ptrdiff_t step = frame.y.pixel_bytes;
    const std::uint8_t* luma = sample(frame.y, crop.left, y);
    int x = crop.left;
    if (x % 2 == 1) {
        out = write_pixel(weights, *luma, terms_at(frame, weights, x, y), out);
        luma += step;
        ++x;
    }
    for (; x + 2 <= crop.right; x += 2, luma += 2 * step) {
        const Terms terms = terms_at(frame, weights, x, y);
        out = write_pixel(weights, luma[0], terms, out);
        out = write_pixel(weights, luma[step], terms, out);
    }
    return x < crop.right ? write_pixel(weights, *luma, terms_at(frame, weights, x, y), out) : out;
}

Image convert(const YuvView& frame, const Window& crop) {
    Image image = {{}, crop.width(), crop.height(), 3};
    image.pixels.resize(static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height) * 3);
    const Weights weights = weights_of(frame.matrix, frame.range);
    std::uint8_t* out = image.pixels.data();
    for (int y = crop.top; y < crop.bottom; ++y) out = convert_row(frame, weights, crop, y, out);
    return image;
}

void check(const YuvView& frame, const Window& crop) {
    for (const YuvPlane* const plane : {&frame.y, &frame.u, &frame.v}) {
        if (plane->samples == nullptr || plane->row_bytes < 1 || plane->pixel_bytes < 1) {
            throw std::invalid_argument("edgegen: a YUV plane needs samples and strides above 0");
        }
    }
    if (frame.width < 1 || frame.width > kMaxSide || frame.height < 1 || frame.height > kMaxSide) {
        throw std::invalid_argument("edgegen: a YUV frame with a side below 1 or above 2^20 pixels");
    }
    if (crop.left < 0 || crop.top < 0 || crop.left >= crop.right || crop.top >= crop.bottom ||
        crop.right > frame.width || crop.bottom > frame.height) {
        throw std::invalid_argument("edgegen: a crop that is empty or not inside the YUV frame");
    }
}

/// The EXIF orientation (orient.h) that is undone by turning clockwise and then mirroring.
int orientation_of(int degrees, bool mirrored) {
    switch (degrees) {
        case 0: return mirrored ? 2 : 1;
        case 90: return mirrored ? 5 : 6;
        case 180: return mirrored ? 4 : 3;
        case 270: return mirrored ? 7 : 8;
        default: throw std::invalid_argument("edgegen: a YUV frame is turned by 0, 90, 180 or 270 degrees");
    }
}

}  // namespace

Image yuv_to_rgb(const YuvView& frame, Window crop, int degrees, bool mirrored) {
    check(frame, crop);
    const int orientation = orientation_of(degrees, mirrored);
    Image image = convert(frame, crop);
    return orientation == 1 ? image : orient(image.view(), orientation);
}

}  // namespace edgegen
