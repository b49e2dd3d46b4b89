// The vector paths against the scalar one, at lengths where a vector just fits or just does not, and who chooses.
#include <algorithm>
#include <cstring>
#include <memory>
#include <string>
#include <utility>

#include "kernels/picture.h"
#include "kernels/resize.h"
#include "testing.h"

using edgegen::Axis;
using edgegen::Filter;
using edgegen::Image;
using edgegen::ImageView;
using edgegen::kRowsAtOnce;
using edgegen::Picture;
using edgegen::ResizePath;

namespace {

/// Memory of exactly this size on the heap, so that a sanitizer sees the first byte too far.
using Block = std::unique_ptr<std::uint8_t[]>;

Block block(std::size_t bytes, std::uint32_t seed) {
    Block memory(new std::uint8_t[bytes]);
    const Image source = testing::noise(1, static_cast<int>(bytes), 1, seed);
    std::memcpy(memory.get(), source.pixels.data(), bytes);
    return memory;
}

/// One horizontal pass over `count` rows on a path: the rows it makes, one after the other.
std::vector<std::uint8_t> horizontal(const ResizePath& path, const Axis& axis, int in_width, int channels, int count) {
    const std::size_t in_bytes = static_cast<std::size_t>(in_width) * static_cast<std::size_t>(channels);
    const std::size_t out_bytes = static_cast<std::size_t>(axis.count()) * static_cast<std::size_t>(channels);
    std::vector<Block> in;
    std::vector<Block> out;
    std::vector<const std::uint8_t*> rows;
    std::vector<std::uint8_t*> outs;
    for (int r = 0; r < count; ++r) {
        in.push_back(block(in_bytes, static_cast<std::uint32_t>(r)));
        out.push_back(block(out_bytes, 99));
        rows.push_back(in.back().get());
        outs.push_back(out.back().get());
    }
    path.horizontal(axis, rows.data(), count, axis.first(axis.begin()), in_width, channels, outs.data());
    std::vector<std::uint8_t> made;
    for (const Block& row : out) made.insert(made.end(), row.get(), row.get() + out_bytes);
    return made;
}

std::vector<std::uint8_t> vertical(const ResizePath& path, const Axis& axis, int i, std::size_t bytes) {
    std::vector<Block> in;
    std::vector<const std::uint8_t*> rows;
    for (int j = 0; j < axis.taps(i); ++j) {
        in.push_back(block(bytes, static_cast<std::uint32_t>(j)));
        rows.push_back(in.back().get());
    }
    const Block out = block(bytes, 99);
    path.vertical(axis.weights(i), rows.data(), axis.taps(i), bytes, out.get());
    return {out.get(), out.get() + bytes};
}

/// Input and output widths around the four pixels that a vector takes.
constexpr std::pair<int, int> kSizes[] = {{1, 1},  {1, 5},  {2, 3},   {3, 2},   {4, 4},  {5, 3},
                                          {6, 1},  {7, 1},  {8, 1},   {9, 1},   {15, 4}, {16, 5},
                                          {17, 8}, {33, 3}, {40, 41}, {100, 7}, {257, 2}};

const ResizePath& scalar() { return *edgegen::find_resize_path("scalar"); }

int horizontal_rows = 0;
int horizontal_pixels = 0;
int vertical_rows = 0;

/// The scalar path, counting what it is asked for.
const ResizePath kCounting = {
    "counting",
    [](const Axis& axis, const std::uint8_t* const* rows, int count, int first_pixel, int in_width, int channels,
       std::uint8_t* const* out) {
        horizontal_rows += count;
        horizontal_pixels += count * axis.count();
        scalar().horizontal(axis, rows, count, first_pixel, in_width, channels, out);
    },
    [](const std::int32_t* weights, const std::uint8_t* const* rows, int taps, std::size_t bytes, std::uint8_t* out) {
        ++vertical_rows;
        scalar().vertical(weights, rows, taps, bytes, out);
    }};

}  // namespace

TEST(every_path_has_the_scalar_bits_along_x) {
    testing::on_every_path([] {
        for (const Filter filter : {Filter::kBox, Filter::kBilinear, Filter::kBicubic, Filter::kLanczos}) {
            for (const auto& [in, out] : kSizes) {
                const Axis axis(in, out, filter, 0, out);
                for (const int channels : {1, 3}) {
                    for (int count = 1; count <= kRowsAtOnce; ++count) {
                        CHECK_EQUAL(horizontal(edgegen::resize_path(), axis, in, channels, count),
                                    horizontal(scalar(), axis, in, channels, count));
                    }
                }
            }
        }
    });
}

TEST(every_path_has_the_scalar_bits_along_x_in_a_window) {
    testing::on_every_path([] {
        for (int begin = 0; begin < 12; ++begin) {
            const Axis axis(60, 20, Filter::kBicubic, begin, begin + 8);
            const int in_width = axis.last(axis.end() - 1) - axis.first(begin);
            CHECK_EQUAL(horizontal(edgegen::resize_path(), axis, in_width, 3, 4),
                        horizontal(scalar(), axis, in_width, 3, 4));
        }
    });
}

TEST(no_path_writes_past_the_last_pixel) {
    // With more row than is needed, the last pixel too is made by vectors, which hold four bytes.
    testing::on_every_path([] {
        for (const int out : {1, 2, 3, 8}) {
            const Axis axis(30, 20, Filter::kBilinear, 0, out);
            CHECK_EQUAL(horizontal(edgegen::resize_path(), axis, 30, 3, 4), horizontal(scalar(), axis, 30, 3, 4));
        }
    });
}

TEST(every_path_has_the_scalar_bits_along_y) {
    testing::on_every_path([] {
        for (const Filter filter : {Filter::kBox, Filter::kBilinear, Filter::kLanczos}) {
            for (const auto& [in, out] : {std::pair{1, 2}, {2, 1}, {3, 1}, {4, 9}, {25, 2}, {64, 1}}) {
                const Axis axis(in, out, filter, 0, out);
                for (const std::size_t bytes :
                     {1u, 3u, 7u, 15u, 16u, 17u, 31u, 32u, 33u, 47u, 48u, 63u, 64u, 65u, 99u}) {
                    CHECK_EQUAL(vertical(edgegen::resize_path(), axis, out - 1, bytes),
                                vertical(scalar(), axis, out - 1, bytes));
                }
            }
        }
    });
}

TEST(extreme_levels_are_clamped_on_every_path) {
    testing::on_every_path([] {
        Image stripes = {{}, 64, 64, 3};
        for (int i = 0; i < 64 * 64 * 3; ++i) stripes.pixels.push_back(i / 3 / 5 % 2 == 0 ? 0 : 255);
        const Image got = Picture(stripes.view()).resize(90, 90, Filter::kLanczos).pixels();
        // Lanczos overshoots at each edge: without the clamp, 255 + a little would come out as a little.
        CHECK(std::count(got.pixels.begin(), got.pixels.end(), 255) > 1000);
        CHECK(std::count(got.pixels.begin(), got.pixels.end(), 0) > 1000);
    });
}

TEST(the_fastest_path_is_chosen) {
#if defined(__aarch64__)
    CHECK_EQUAL(std::string(edgegen::resize_path().name), "neon");
#elif defined(__x86_64__)
    CHECK_EQUAL(std::string(edgegen::resize_path().name), __builtin_cpu_supports("avx2") ? "avx2" : "scalar");
#endif
}

TEST(each_path_is_its_own_code) {
    const ResizePath& chosen = edgegen::resize_path();
    CHECK_EQUAL(edgegen::find_resize_path(chosen.name), &chosen);
    if (std::string(chosen.name) != "scalar") {
        CHECK(chosen.horizontal != scalar().horizontal);
        CHECK(chosen.vertical != scalar().vertical);
    }
    CHECK(edgegen::find_resize_path("mmx") == nullptr);
    CHECK(edgegen::find_resize_path("") == nullptr);
}

TEST(a_forced_path_is_the_one_that_runs) {
    const Image photo = testing::noise(40, 60, 3, 1);
    edgegen::force_resize_path(&kCounting);
    horizontal_rows = vertical_rows = 0;
    const Image counted = Picture(photo.view()).resize(20, 30, Filter::kBilinear).pixels();
    edgegen::force_resize_path(nullptr);
    CHECK_EQUAL(horizontal_rows, 40);
    CHECK_EQUAL(vertical_rows, 20);
    CHECK_EQUAL(Picture(photo.view()).resize(20, 30, Filter::kBilinear).pixels().pixels, counted.pixels);
    CHECK_EQUAL(horizontal_rows, 40);
}

TEST(only_what_survives_the_crop_is_computed) {
    const Image photo = testing::noise(480, 640, 3, 1);
    edgegen::force_resize_path(&kCounting);
    horizontal_rows = horizontal_pixels = vertical_rows = 0;
    Picture(photo.view()).resize_short_side(256, Filter::kBilinear).center_crop(224, 224).pixels();
    edgegen::force_resize_path(nullptr);
    CHECK_EQUAL(vertical_rows, 224);
    // Rows 16 to 240 of 256 are made of rows 29 to 451 of 480, and 224 of 341 columns are wanted of each.
    CHECK_EQUAL(horizontal_rows, 422);
    CHECK_EQUAL(horizontal_pixels, 422 * 224);
}

TEST(nothing_is_computed_before_pixels_are_asked_for) {
    const Image photo = testing::noise(48, 64, 3, 1);
    edgegen::force_resize_path(&kCounting);
    horizontal_rows = vertical_rows = 0;
    const Picture picture = Picture(photo.view()).resize(24, 32, Filter::kLanczos).center_crop(8, 8);
    CHECK_EQUAL(picture.width() + picture.height() + picture.channels(), 8 + 8 + 3);
    CHECK_EQUAL(horizontal_rows + vertical_rows, 0);
    edgegen::force_resize_path(nullptr);
}
