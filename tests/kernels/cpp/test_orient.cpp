// The eight EXIF orientations of one small picture, written out by hand.
#include "kernels/orient.h"

#include <climits>
#include <stdexcept>

#include "testing.h"

using edgegen::Image;

namespace {

using Levels = std::vector<std::uint8_t>;

/// A B C
/// D E F
const Image kLetters = {{'A', 'B', 'C', 'D', 'E', 'F'}, 3, 2, 1};

std::string oriented(int orientation) {
    const Image got = edgegen::orient(kLetters.view(), orientation);
    std::string lines;
    for (int y = 0; y < got.height; ++y) {
        const auto row = got.pixels.begin() + y * got.width;
        lines += std::string(row, row + got.width) + (y + 1 < got.height ? "/" : "");
    }
    return lines;
}

}  // namespace

TEST(all_eight_orientations) {
    CHECK_EQUAL(oriented(1), "ABC/DEF");
    CHECK_EQUAL(oriented(2), "CBA/FED");
    CHECK_EQUAL(oriented(3), "FED/CBA");
    CHECK_EQUAL(oriented(4), "DEF/ABC");
    CHECK_EQUAL(oriented(5), "AD/BE/CF");
    CHECK_EQUAL(oriented(6), "DA/EB/FC");
    CHECK_EQUAL(oriented(7), "FC/EB/DA");
    CHECK_EQUAL(oriented(8), "CF/BE/AD");
}

TEST(other_numbers_leave_the_picture_as_it_is) {
    for (const int orientation : {0, -1, 9, INT_MAX, INT_MIN}) CHECK_EQUAL(oriented(orientation), "ABC/DEF");
}

TEST(channels_and_gaps_survive_turning) {
    //              two pixels and a gap   two pixels
    const Levels memory = {1, 2, 3, 4, 5, 6, 99, 7, 8, 9, 10, 11, 12};
    const Image got = edgegen::orient({memory.data(), 2, 2, 3, 7}, 6);
    CHECK_EQUAL(got.pixels, (Levels{7, 8, 9, 1, 2, 3, 10, 11, 12, 4, 5, 6}));
}

TEST(tiles_meet) {
    // Larger than a tile in both directions, and no multiple of it: turning four times is not turning.
    const Image image = testing::noise(70, 45, 3, 1);
    Image turned = image;
    for (int i = 0; i < 4; ++i) turned = edgegen::orient(turned.view(), 6);
    CHECK_EQUAL(turned.pixels, image.pixels);
    CHECK_EQUAL(edgegen::orient(edgegen::orient(image.view(), 6).view(), 8).pixels, image.pixels);
    for (const int mirror : {2, 3, 4, 5, 7}) {
        CHECK_EQUAL(edgegen::orient(edgegen::orient(image.view(), mirror).view(), mirror).pixels, image.pixels);
    }
}

TEST(orient_refuses_what_is_no_picture) {
    CHECK(testing::throws<std::invalid_argument>([] { edgegen::orient({nullptr, 1, 1, 3, 3}, 1); }));
}
