// Frames as cameras give them, and values written out by hand.
#include "kernels/yuv.h"

#include <climits>
#include <memory>
#include <stdexcept>

#include "testing.h"

using edgegen::Image;
using edgegen::Window;
using edgegen::YuvMatrix;
using edgegen::YuvPlane;
using edgegen::YuvRange;
using edgegen::YuvView;

namespace {

using Levels = std::vector<std::uint8_t>;

Levels rgb(std::uint8_t y, std::uint8_t u, std::uint8_t v, YuvMatrix matrix, YuvRange range) {
    const YuvView frame = {{&y, 1}, {&u, 1}, {&v, 1}, 1, 1, matrix, range};
    return edgegen::yuv_to_rgb(frame, frame.whole()).pixels;
}

/// A frame of 4 x 2 gray pixels, A B C D / E F G H.
std::string turned(int degrees, bool mirrored) {
    const Levels y = {'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'};
    const Levels gray = {128, 128};
    const YuvView frame = {{y.data(), 4}, {gray.data(), 2}, {gray.data(), 2}, 4, 2};
    const Image got = edgegen::yuv_to_rgb(frame, frame.whole(), degrees, mirrored);
    std::string lines;
    for (int row = 0; row < got.height; ++row) {
        if (row > 0) lines += '/';
        for (int x = 0; x < got.width; ++x) {
            lines += static_cast<char>(got.pixels[static_cast<std::size_t>((row * got.width + x) * 3)]);
        }
    }
    return lines;
}

}  // namespace

TEST(known_yuv_colours) {
    // JFIF's red, green and blue, as Pillow's convert("YCbCr") gives them.
    CHECK_EQUAL(rgb(76, 85, 255, YuvMatrix::kBt601, YuvRange::kFull), (Levels{254, 0, 0}));
    CHECK_EQUAL(rgb(150, 44, 21, YuvMatrix::kBt601, YuvRange::kFull), (Levels{0, 255, 1}));
    CHECK_EQUAL(rgb(29, 255, 107, YuvMatrix::kBt601, YuvRange::kFull), (Levels{0, 0, 254}));
    // The bars of limited range: BT.601's red is 81 90 240, BT.709's is 63 102 240.
    CHECK_EQUAL(rgb(81, 90, 240, YuvMatrix::kBt601, YuvRange::kLimited), (Levels{254, 0, 0}));
    CHECK_EQUAL(rgb(63, 102, 240, YuvMatrix::kBt709, YuvRange::kLimited), (Levels{255, 1, 0}));
    CHECK_EQUAL(rgb(16, 128, 128, YuvMatrix::kBt601, YuvRange::kLimited), (Levels{0, 0, 0}));
    CHECK_EQUAL(rgb(235, 128, 128, YuvMatrix::kBt709, YuvRange::kLimited), (Levels{255, 255, 255}));
    CHECK_EQUAL(rgb(255, 128, 128, YuvMatrix::kBt709, YuvRange::kLimited), (Levels{255, 255, 255}));
}

TEST(a_frame_is_turned_clockwise_and_then_mirrored) {
    CHECK_EQUAL(turned(0, false), "ABCD/EFGH");
    CHECK_EQUAL(turned(90, false), "EA/FB/GC/HD");
    CHECK_EQUAL(turned(180, false), "HGFE/DCBA");
    CHECK_EQUAL(turned(270, false), "DH/CG/BF/AE");
    CHECK_EQUAL(turned(0, true), "DCBA/HGFE");
    CHECK_EQUAL(turned(90, true), "AE/BF/CG/DH");
    CHECK_EQUAL(turned(180, true), "EFGH/ABCD");
    CHECK_EQUAL(turned(270, true), "HD/GC/FB/EA");
}

TEST(interleaved_and_separate_planes_give_the_same_picture) {
    const Image y = testing::noise(4, 6, 1, 1);
    const Image u = testing::noise(2, 3, 1, 2);
    const Image v = testing::noise(2, 3, 1, 3);
    // NV21: exactly as many bytes as there are samples, so that a sanitizer sees a read past them.
    const std::unique_ptr<std::uint8_t[]> vu(new std::uint8_t[12]);
    for (std::size_t i = 0; i < 6; ++i) {
        vu[2 * i] = v.pixels[i];
        vu[2 * i + 1] = u.pixels[i];
    }
    const YuvView apart = {{y.pixels.data(), 6}, {u.pixels.data(), 3}, {v.pixels.data(), 3}, 6, 4};
    const YuvView nv21 = {{y.pixels.data(), 6}, {vu.get() + 1, 6, 2}, {vu.get(), 6, 2}, 6, 4};
    CHECK_EQUAL(edgegen::yuv_to_rgb(nv21, nv21.whole()).pixels, edgegen::yuv_to_rgb(apart, apart.whole()).pixels);
}

TEST(a_crop_keeps_the_chroma_of_its_place) {
    const Levels y(16, 128);
    const Levels u = {0, 64, 128, 255};
    const Levels v = {128, 128, 128, 128};
    const YuvView frame = {{y.data(), 4}, {u.data(), 2}, {v.data(), 2}, 4, 4};
    const Image whole = edgegen::yuv_to_rgb(frame, frame.whole());
    const Image middle = edgegen::yuv_to_rgb(frame, {1, 1, 3, 3});
    for (int row = 0; row < 2; ++row) {
        for (int sample = 0; sample < 6; ++sample) {
            CHECK_EQUAL(middle.pixels[static_cast<std::size_t>(row * 6 + sample)],
                        whole.pixels[static_cast<std::size_t>((row + 1) * 12 + 3 + sample)]);
        }
    }
}

TEST(what_is_no_frame_is_refused) {
    const Levels samples(64, 128);
    const YuvPlane plane = {samples.data(), 4};
    const auto refused = [](YuvView frame, Window crop, int degrees) {
        return testing::throws<std::invalid_argument>([=] { edgegen::yuv_to_rgb(frame, crop, degrees); });
    };
    const YuvView good = {plane, plane, plane, 4, 2};
    CHECK(!refused(good, good.whole(), 0));
    CHECK(refused({{}, plane, plane, 4, 2}, good.whole(), 0));
    CHECK(refused({plane, {samples.data(), 0}, plane, 4, 2}, good.whole(), 0));
    CHECK(refused({plane, plane, {samples.data(), 4, 0}, 4, 2}, good.whole(), 0));
    CHECK(refused({plane, plane, plane, 0, 2}, good.whole(), 0));
    CHECK(refused({plane, plane, plane, 4, INT_MAX}, good.whole(), 0));
    CHECK(refused(good, {0, 0, 5, 2}, 0));
    CHECK(refused(good, {-1, 0, 4, 2}, 0));
    CHECK(refused(good, {2, 0, 2, 2}, 0));
    CHECK(refused(good, {0, 1, 4, 1}, 0));
    for (const int degrees : {45, -90, 360}) CHECK(refused(good, good.whole(), degrees));
}
