// The steps of a picture: sizes and places that were read off Pillow 13 and torchvision 0.28, laziness, bad arguments.
#include "kernels/picture.h"

#include <climits>
#include <cstring>
#include <stdexcept>

#include "kernels/crop.h"
#include "kernels/gray.h"
#include "kernels/resize.h"
#include "testing.h"

using edgegen::Color;
using edgegen::Filter;
using edgegen::Image;
using edgegen::ImageView;
using edgegen::PassOrder;
using edgegen::Picture;

namespace {

using Levels = std::vector<std::uint8_t>;

Image row_of(const Levels& levels) { return {levels, static_cast<int>(levels.size()), 1, 1}; }

Levels resized(const Levels& levels, int width, Filter filter) {
    const Image image = row_of(levels);
    return Picture(image.view()).resize(1, width, filter).pixels().pixels;
}

/// The picture computed and started anew from its pixels, so that the next step sees no history.
Picture fresh(const Picture& picture, Image& room, PassOrder order) {
    room = picture.pixels();
    return Picture(room.view(), order);
}

template <class Call>
bool refused(Call call) {
    return testing::throws<std::invalid_argument>(call);
}

}  // namespace

TEST(a_row_resized_as_pillow_does) {
    testing::on_every_path([] {
        const Levels row = {10, 200, 30, 255, 0, 77, 128};
        CHECK_EQUAL(resized(row, 4, Filter::kNearest), (Levels{10, 30, 0, 128}));
        CHECK_EQUAL(resized(row, 4, Filter::kBox), (Levels{105, 143, 0, 103}));
        CHECK_EQUAL(resized(row, 4, Filter::kBilinear), (Levels{92, 127, 87, 100}));
        CHECK_EQUAL(resized(row, 4, Filter::kHamming), (Levels{89, 100, 67, 106}));
        CHECK_EQUAL(resized(row, 4, Filter::kBicubic), (Levels{88, 136, 87, 96}));
        CHECK_EQUAL(resized(row, 4, Filter::kLanczos), (Levels{81, 149, 85, 88}));
        CHECK_EQUAL(resized(row, 10, Filter::kNearest), (Levels{10, 200, 200, 30, 255, 255, 0, 77, 77, 128}));
        CHECK_EQUAL(resized(row, 10, Filter::kBilinear), (Levels{10, 114, 158, 38, 176, 166, 4, 58, 100, 128}));
        CHECK_EQUAL(resized(row, 10, Filter::kLanczos), (Levels{0, 130, 173, 29, 198, 199, 0, 36, 117, 130}));
    });
}

TEST(the_order_of_the_passes_shows) {
    Image image = {{}, 4, 9, 1};
    for (int i = 0; i < 36; ++i) image.pixels.push_back(static_cast<std::uint8_t>(i * 97 % 256));
    const Picture pillow_13 = Picture(image.view()).resize(2, 3, Filter::kBilinear);
    const Picture older = Picture(image.view(), PassOrder::kHorizontalFirst).resize(2, 3, Filter::kBilinear);
    CHECK_EQUAL(pillow_13.pixels().pixels, (Levels{97, 154, 115, 112, 169, 130}));
    CHECK_EQUAL(older.pixels().pixels, (Levels{97, 155, 115, 112, 169, 130}));
}

TEST(vertical_first_only_if_it_shrinks_more_than_twice_as_much) {
    using edgegen::vertical_first;
    CHECK(!vertical_first(PassOrder::kPillow13, 100, 100, 80, 90));  // 20 lines less, 10 columns less
    CHECK(vertical_first(PassOrder::kPillow13, 100, 100, 79, 90));
    CHECK(vertical_first(PassOrder::kPillow13, 100, 100, 99, 200));
    CHECK(!vertical_first(PassOrder::kPillow13, 100, 100, 100, 200));  // enlarged only: never
    CHECK(!vertical_first(PassOrder::kPillow13, 100, 100, 150, 400));
    CHECK(!vertical_first(PassOrder::kHorizontalFirst, 100, 100, 10, 100));
}

TEST(the_long_side_is_cut_off_not_rounded) {
    const auto size = [](int width, int height, int short_side, int max_size) {
        const Image image = testing::noise(height, width, 1, 1);
        const Picture got = Picture(image.view()).resize_short_side(short_side, Filter::kNearest, max_size);
        return std::vector<int>{got.width(), got.height()};
    };
    CHECK_EQUAL(size(1000, 333, 256, 0), (std::vector<int>{768, 256}));  // 768.77
    CHECK_EQUAL(size(333, 1000, 256, 0), (std::vector<int>{256, 768}));
    CHECK_EQUAL(size(7, 5, 3, 0), (std::vector<int>{4, 3}));
    CHECK_EQUAL(size(5, 5, 3, 0), (std::vector<int>{3, 3}));
    CHECK_EQUAL(size(1000, 333, 256, 500), (std::vector<int>{500, 166}));  // 166.67
    CHECK_EQUAL(size(1000, 333, 256, 800), (std::vector<int>{768, 256}));
}

TEST(a_centred_crop_rounds_half_to_even) {
    CHECK_EQUAL(edgegen::centre_start(10, 10), 0);
    CHECK_EQUAL(edgegen::centre_start(11, 10), 0);  // 0.5
    CHECK_EQUAL(edgegen::centre_start(12, 10), 1);
    CHECK_EQUAL(edgegen::centre_start(13, 10), 2);  // 1.5
    CHECK_EQUAL(edgegen::centre_start(15, 10), 2);  // 2.5
    CHECK_EQUAL(edgegen::centre_start(17, 10), 4);  // 3.5
    const Image image = row_of({0, 1, 2, 3, 4, 5, 6});
    CHECK_EQUAL(Picture(image.view()).center_crop(1, 2).pixels().pixels, (Levels{2, 3}));  // from 2.5
}

TEST(a_crop_beyond_the_edge_is_black_there) {
    const Image image = row_of({7, 8, 9});
    CHECK_EQUAL(Picture(image.view()).center_crop(1, 6).pixels().pixels, (Levels{0, 7, 8, 9, 0, 0}));
    CHECK_EQUAL(Picture(image.view()).center_crop(2, 1).pixels().pixels, (Levels{8, 0}));
}

TEST(a_letterbox_is_centred_and_rounds_half_to_even) {
    const Image image = testing::noise(1, 2, 1, 1);
    const std::uint8_t a = image.pixels[0];
    const std::uint8_t b = image.pixels[1];
    const Color fill = {5, 6, 7};
    // The picture is 2x1 in a box of 2x4: one row, 1.5 rows above it, so two.
    CHECK_EQUAL(Picture(image.view()).letterbox(4, 2, Filter::kBox, fill).pixels().pixels,
                (Levels{5, 5, 5, 5, a, b, 5, 5}));
    CHECK_EQUAL(Picture(image.view()).letterbox(1, 2, Filter::kBox, fill).pixels().pixels, (Levels{a, b}));
}

TEST(a_letterbox_of_which_nothing_is_left) {
    const Image image = testing::noise(1, 100, 3, 1);
    const Image got = Picture(image.view()).letterbox(2, 2, Filter::kBilinear, {1, 2, 3}).pixels();
    CHECK_EQUAL(got.pixels, (Levels{1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3}));
    CHECK(refused([&] { Picture(image.view(), PassOrder::kHorizontalFirst).letterbox(2, 2, Filter::kBilinear, {}); }));
}

TEST(pad_paints_each_side) {
    const Image image = {{10, 20, 30}, 1, 1, 3};
    const Image got = Picture(image.view()).pad(1, 0, 0, 1, {1, 2, 3}).pixels();
    CHECK_EQUAL(got.width, 2);
    CHECK_EQUAL(got.height, 2);
    CHECK_EQUAL(got.pixels, (Levels{1, 2, 3, 10, 20, 30, 1, 2, 3, 1, 2, 3}));
}

TEST(gray_is_pillows_luma) {
    CHECK_EQUAL(edgegen::gray_level(255, 255, 255), 255);
    CHECK_EQUAL(edgegen::gray_level(255, 0, 0), 76);
    CHECK_EQUAL(edgegen::gray_level(0, 255, 0), 150);
    CHECK_EQUAL(edgegen::gray_level(0, 0, 255), 29);
    const Image image = {{255, 0, 0, 0, 255, 0}, 2, 1, 3};
    CHECK_EQUAL(Picture(image.view()).gray(1).pixels().pixels, (Levels{76, 150}));
    CHECK_EQUAL(Picture(image.view()).gray(3).pixels().pixels, (Levels{76, 76, 76, 150, 150, 150}));
    CHECK_EQUAL(Picture(image.view()).gray(1).gray(3).pixels().pixels, (Levels{76, 76, 76, 150, 150, 150}));
}

TEST(what_lies_between_the_rows_is_not_looked_at) {
    testing::on_every_path([] {
        const Image dense = testing::noise(37, 53, 3, 5);
        const std::size_t row = 53 * 3;
        for (const std::size_t gap : {1u, 3u, 64u}) {
            // Exactly as many bytes as a picture with gaps needs: none after its last pixel.
            std::vector<std::uint8_t> memory((row + gap) * 36 + row, 0xEE);
            for (std::size_t y = 0; y < 37; ++y) {
                std::memcpy(memory.data() + y * (row + gap), dense.pixels.data() + y * row, row);
            }
            const ImageView view = {memory.data(), 53, 37, 3, static_cast<std::ptrdiff_t>(row + gap)};
            for (const Filter filter : {Filter::kNearest, Filter::kBilinear, Filter::kLanczos}) {
                CHECK_EQUAL(Picture(view).resize(20, 11, filter).pixels().pixels,
                            Picture(dense.view()).resize(20, 11, filter).pixels().pixels);
            }
            CHECK_EQUAL(Picture(view).pixels().pixels, dense.pixels);
        }
    });
}

TEST(a_chain_is_its_steps_one_by_one) {
    testing::on_every_path([] {
        for (const PassOrder order : {PassOrder::kPillow13, PassOrder::kHorizontalFirst}) {
            const Image photo = testing::noise(90, 41, 3, 3);
            const Picture start(photo.view(), order);
            const Picture lazy = start.resize(33, 60, Filter::kBicubic)
                                     .pad(3, 1, 0, 2, {9, 8, 7})
                                     .resize_short_side(50, Filter::kNearest)
                                     .letterbox(64, 48, Filter::kLanczos, {1, 2, 3})
                                     .gray(3)
                                     .resize(20, 48, Filter::kHamming)
                                     .center_crop(30, 31);
            Image room[7];
            Picture eager = fresh(start.resize(33, 60, Filter::kBicubic), room[0], order);
            eager = fresh(eager.pad(3, 1, 0, 2, {9, 8, 7}), room[1], order);
            eager = fresh(eager.resize_short_side(50, Filter::kNearest), room[2], order);
            eager = fresh(eager.letterbox(64, 48, Filter::kLanczos, {1, 2, 3}), room[3], order);
            eager = fresh(eager.gray(3), room[4], order);
            eager = fresh(eager.resize(20, 48, Filter::kHamming), room[5], order);
            eager = fresh(eager.center_crop(30, 31), room[6], order);
            CHECK_EQUAL(lazy.pixels().pixels, eager.pixels().pixels);
        }
    });
}

TEST(a_12_megapixel_photo_needs_less_than_a_mebibyte) {
    const Image photo = testing::noise(3024, 4032, 3, 1);
    const auto extra = [](const Picture& picture) {
        const Image result = picture.pixels();
        testing::reset_memory();
        const Image again = picture.pixels();
        return testing::most_memory() - again.pixels.size();
    };
    const Picture wide(photo.view());
    CHECK(extra(wide.resize_short_side(256, Filter::kBilinear).center_crop(224, 224)) < 256 << 10);
    CHECK(extra(wide.resize_short_side(256, Filter::kLanczos).center_crop(224, 224)) < 1 << 20);
    CHECK(extra(wide.letterbox(640, 640, Filter::kBicubic, {})) < 1 << 20);
    CHECK(extra(wide.resize(224, 4000, Filter::kBilinear)) < 1 << 20);  // vertical first
    CHECK(extra(wide.gray(1).resize_short_side(256, Filter::kBilinear).center_crop(224, 224)) < 1 << 20);
}

TEST(bad_arguments_are_refused) {
    const Image image = testing::noise(4, 6, 3, 1);
    const Picture picture(image.view());
    const Color black;
    CHECK(refused([&] { picture.resize(0, 4, Filter::kBox); }));
    CHECK(refused([&] { picture.resize(4, -1, Filter::kBox); }));
    CHECK(refused([&] { picture.resize(INT_MAX, 4, Filter::kBox); }));
    CHECK(refused([&] { picture.resize_short_side(0, Filter::kBox); }));
    CHECK(refused([&] { picture.resize_short_side(8, Filter::kBox, 8); }));
    CHECK(refused([&] { picture.resize_short_side(8, Filter::kBox, -1); }));
    CHECK(refused([&] { picture.resize_short_side(edgegen::kMaxSide, Filter::kBox); }));  // the long side is too long
    CHECK(refused([&] { picture.letterbox(0, 5, Filter::kBox, black); }));
    CHECK(refused([&] { picture.center_crop(0, 5); }));
    CHECK(refused([&] { picture.center_crop(5, INT_MIN); }));
    CHECK(refused([&] { picture.pad(-1, 0, 0, 0, black); }));
    CHECK(refused([&] { picture.pad(INT_MAX, 0, INT_MAX, 0, black); }));
    CHECK(refused([&] { picture.pad(0, INT_MAX, 0, 0, black); }));
    CHECK(refused([&] { picture.gray(2); }));
    const Image thread = testing::noise(1, 1000, 3, 1);
    CHECK(refused([&] { Picture(thread.view()).resize_short_side(1, Filter::kBox, 2); }));  // 2 x 0
}

TEST(a_view_that_is_no_picture_is_refused) {
    const std::uint8_t level[12] = {};
    const auto bad = [](ImageView view) { return refused([=] { Picture{view}; }); };
    CHECK(!bad({level, 2, 2, 3, 6}));
    CHECK(bad({nullptr, 2, 2, 3, 6}));
    CHECK(bad({level, 0, 2, 3, 6}));
    CHECK(bad({level, 2, -2, 3, 6}));
    CHECK(bad({level, 2, 2, 4, 8}));
    CHECK(bad({level, 2, 2, 0, 6}));
    CHECK(bad({level, 2, 2, 3, 5}));
    CHECK(bad({level, 2, 2, 3, -6}));
    CHECK(bad({level, INT_MAX, 1, 3, 12}));
}

TEST(the_largest_sizes_do_not_overflow) {
    const Image image = testing::noise(1, 3, 3, 1);
    const Picture picture = Picture(image.view()).resize(edgegen::kMaxSide, edgegen::kMaxSide, Filter::kNearest);
    const Image got = picture.center_crop(2, 2).pixels();  // 2 pixels of 2^40
    CHECK_EQUAL(got.pixels.size(), 12u);
    CHECK_EQUAL(got.pixels[0], image.pixels[3]);
}
