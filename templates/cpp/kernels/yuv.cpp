// SPDX-License-Identifier: MIT-0
#include "kernels/yuv.h"

#include <stdexcept>
#include <vector>

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

/// The terms of `count` chroma samples from (x, y) on.
void find_terms(const YuvView& frame, const Weights& weights, int x, int y, int count, Terms* terms) {
    const std::uint8_t* u = sample(frame.u, x, y);
    const std::uint8_t* v = sample(frame.v, x, y);
    const std::int32_t start = kOneHalf - weights.black * weights.y;
    for (int i = 0; i < count; ++i) {
        const std::int32_t cb = u[i * frame.u.pixel_bytes] - 128;
        const std::int32_t cr = v[i * frame.v.pixel_bytes] - 128;
        terms[i] = {start + weights.red_of_v * cr, start + weights.green_of_u * cb + weights.green_of_v * cr,
                    start + weights.blue_of_u * cb};
    }
}

Image convert(const YuvView& frame, const Window& crop) {
    Image image = {{}, crop.width(), crop.height(), 3};
    image.pixels.resize(static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height) * 3);
    const Weights weights = weights_of(frame.matrix, frame.range);
    const int first_chroma = crop.left / 2;
    std::vector<Terms> terms(static_cast<std::size_t>((crop.right - 1) / 2 - first_chroma + 1));
    std::uint8_t* out = image.pixels.data();
    for (int y = crop.top; y < crop.bottom; ++y) {
        if (y == crop.top || y % 2 == 0) {  // two rows share their chroma
            find_terms(frame, weights, first_chroma, y / 2, static_cast<int>(terms.size()), terms.data());
        }
        const std::uint8_t* luma = sample(frame.y, crop.left, y);
        for (int x = crop.left; x < crop.right; ++x, out += 3, luma += frame.y.pixel_bytes) {
            const Terms& of_pixel = terms[static_cast<std::size_t>(x / 2 - first_chroma)];
            const std::int32_t sum = weights.y * *luma;
            out[0] = to_level(sum + of_pixel.red);
            out[1] = to_level(sum + of_pixel.green);
            out[2] = to_level(sum + of_pixel.blue);
        }
    }
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
