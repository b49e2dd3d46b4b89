// The weights of one axis, recomputed or known from Pillow 13.
#include <cstdlib>
#include <limits>
#include <stdexcept>
#include <utility>

#include "kernels/image.h"
#include "kernels/weights.h"
#include "testing.h"

using edgegen::Axis;
using edgegen::Filter;

namespace {

constexpr Filter kFilters[] = {Filter::kBox, Filter::kBilinear, Filter::kHamming, Filter::kBicubic, Filter::kLanczos};

/// Fails if a sum of level x weight could leave int32, the rounding half included.
void check_sums_fit(const Axis& axis) {
    for (int i = axis.begin(); i < axis.end(); ++i) {
        std::int64_t above = edgegen::kHalf;
        std::int64_t below = 0;
        for (int j = 0; j < axis.taps(i); ++j) {
            const std::int64_t product = 255 * static_cast<std::int64_t>(axis.weights(i)[j]);
            (product > 0 ? above : below) += product;
        }
        CHECK(above <= std::numeric_limits<std::int32_t>::max());
        CHECK(below >= std::numeric_limits<std::int32_t>::min());
    }
}

}  // namespace

TEST(box_by_two_is_one_half_each) {
    const Axis axis(4, 2, Filter::kBox, 0, 2);
    for (int i = 0; i < 2; ++i) {
        CHECK_EQUAL(axis.first(i), 2 * i);
        CHECK_EQUAL(axis.taps(i), 2);
        CHECK_EQUAL(axis.weights(i)[0], 1 << 21);
        CHECK_EQUAL(axis.weights(i)[1], 1 << 21);
    }
}

TEST(bilinear_enlarged_by_two_is_three_quarters_and_one) {
    const Axis axis(2, 4, Filter::kBilinear, 0, 4);
    CHECK_EQUAL(axis.taps(0), 1);  // the neighbour beyond the edge is left out and the rest divided by its sum
    CHECK_EQUAL(axis.weights(0)[0], 1 << 22);
    CHECK_EQUAL(axis.weights(1)[0], 3 << 20);
    CHECK_EQUAL(axis.weights(1)[1], 1 << 20);
}

TEST(weights_of_a_window_are_those_of_the_whole_axis) {
    for (const Filter filter : kFilters) {
        const Axis whole(1000, 77, filter, 0, 77);
        const Axis part(1000, 77, filter, 20, 31);
        CHECK_EQUAL(part.begin(), 20);
        CHECK_EQUAL(part.end(), 31);
        for (int i = 20; i < 31; ++i) {
            CHECK_EQUAL(part.first(i), whole.first(i));
            CHECK_EQUAL(part.taps(i), whole.taps(i));
            for (int j = 0; j < part.taps(i); ++j) CHECK_EQUAL(part.weights(i)[j], whole.weights(i)[j]);
        }
    }
}

TEST(spans_stay_inside_and_never_go_back) {
    for (const Filter filter : kFilters) {
        for (const auto& [in, out] : {std::pair{1, 9}, {9, 1}, {7, 7}, {4096, 3}, {3, 4096}, {31, 30}}) {
            const Axis axis(in, out, filter, 0, out);
            for (int i = 0; i < out; ++i) {
                CHECK(axis.first(i) >= 0 && axis.taps(i) >= 1 && axis.last(i) <= in);
                CHECK(axis.taps(i) <= axis.max_taps());
                if (i > 0) CHECK(axis.first(i) >= axis.first(i - 1) && axis.last(i) >= axis.last(i - 1));
            }
        }
    }
}

TEST(no_sum_leaves_int32) {
    for (const Filter filter : kFilters) {
        for (int in = 1; in <= 48; ++in) {
            for (int out = 1; out <= 48; ++out) check_sums_fit(Axis(in, out, filter, 0, out));
        }
        for (const auto& [in, out] : {std::pair{4096, 224}, {2, 4096}, {4096, 4095}, {8191, 1}, {3, 10007}}) {
            check_sums_fit(Axis(in, out, filter, 0, out));
        }
    }
}

TEST(split_weights_are_the_weights) {
    for (const Filter filter : kFilters) {
        const Axis axis(97, 41, filter, 3, 40);
        CHECK_EQUAL(axis.stride() % 4, 0);
        for (int i = axis.begin(); i < axis.end(); ++i) {
            for (int j = 0; j < axis.stride(); ++j) {
                const std::int16_t* const four = axis.split_weights(i) + 8 * (j / 4);
                const int joined = four[j % 4] * 2048 + four[4 + j % 4];
                CHECK_EQUAL(joined, axis.weights(i)[j]);
                CHECK(four[4 + j % 4] >= 0 && four[4 + j % 4] < 2048);
                if (j >= axis.taps(i)) CHECK_EQUAL(joined, 0);
            }
        }
    }
}

TEST(nearest_is_a_running_sum) {
    // Pixel 3 of 2 → 7: seven times 2/7 adds up to a little less than 1, and (3 + 0.5) * (2/7) is exactly 1.
    CHECK_EQUAL(edgegen::nearest_pixels(2, 7, 0, 7), (std::vector<int>{0, 0, 0, 0, 1, 1, 1}));
    CHECK_EQUAL(edgegen::nearest_pixels(2, 7, 3, 5), (std::vector<int>{0, 1}));
}

TEST(an_axis_refuses_what_is_no_axis) {
    const auto refused = [](int in, int out, Filter filter, int begin, int end) {
        return testing::throws<std::invalid_argument>([=] { Axis(in, out, filter, begin, end); });
    };
    CHECK(refused(0, 4, Filter::kBox, 0, 4));
    CHECK(refused(4, 0, Filter::kBox, 0, 0));
    CHECK(refused(-1, 4, Filter::kBox, 0, 4));
    CHECK(refused(4, edgegen::kMaxSide + 1, Filter::kBox, 0, 4));
    CHECK(refused(4, 4, Filter::kBox, -1, 4));
    CHECK(refused(4, 4, Filter::kBox, 2, 2));
    CHECK(refused(4, 4, Filter::kBox, 0, 5));
    CHECK(refused(4, 4, Filter::kNearest, 0, 4));
    CHECK(testing::throws<std::invalid_argument>([] { edgegen::nearest_pixels(0, 4, 0, 4); }));
}
