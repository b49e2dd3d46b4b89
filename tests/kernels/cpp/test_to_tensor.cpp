// Where each value of the tensor comes from, in both layouts, both channel orders and all three widths.
#include "kernels/to_tensor.h"

#include <cstring>

#include "testing.h"

using edgegen::ChannelOrder;
using edgegen::Filter;
using edgegen::Image;
using edgegen::Picture;

namespace {

/// Two pixels side by side: R G B, R G B.
const Image kTwo = {{1, 2, 3, 4, 5, 6}, 2, 1, 3};

/// A table that tells channel and level apart.
template <class Bits>
struct Table {
    Bits levels[3][256];
    explicit Table(unsigned step) {
        for (unsigned c = 0; c < 3; ++c) {
            for (unsigned v = 0; v < 256; ++v) levels[c][v] = static_cast<Bits>((c + 1) * step + v);
        }
    }
};

template <class Bits, class Fill>
std::vector<unsigned> filled(std::size_t values, Fill fill) {
    std::vector<unsigned char> bytes(values * sizeof(Bits) + 1);
    fill(bytes.data() + 1);  // one off: no alignment is needed
    std::vector<unsigned> numbers;
    for (std::size_t i = 0; i < values; ++i) {
        Bits value;
        std::memcpy(&value, bytes.data() + 1 + i * sizeof(Bits), sizeof(Bits));
        numbers.push_back(value);
    }
    return numbers;
}

template <class Bits>
void check_places(unsigned step) {
    const Table<Bits> table(step);
    const Picture two(kTwo.view());
    const auto chw = [&](ChannelOrder order) {
        return filled<Bits>(6, [&](void* out) { to_chw(two, table.levels, order, out); });
    };
    const auto hwc = [&](ChannelOrder order) {
        return filled<Bits>(6, [&](void* out) { to_hwc(two, table.levels, order, out); });
    };
    const unsigned a = step;
    const unsigned b = 2 * step;
    const unsigned c = 3 * step;
    using Numbers = std::vector<unsigned>;
    CHECK_EQUAL(chw(ChannelOrder::kRgb), (Numbers{a + 1, a + 4, b + 2, b + 5, c + 3, c + 6}));
    CHECK_EQUAL(chw(ChannelOrder::kBgr), (Numbers{a + 3, a + 6, b + 2, b + 5, c + 1, c + 4}));
    CHECK_EQUAL(hwc(ChannelOrder::kRgb), (Numbers{a + 1, b + 2, c + 3, a + 4, b + 5, c + 6}));
    CHECK_EQUAL(hwc(ChannelOrder::kBgr), (Numbers{a + 3, b + 2, c + 1, a + 6, b + 5, c + 4}));
}

}  // namespace

TEST(each_value_is_at_its_place) {
    check_places<std::uint32_t>(100000);
    check_places<std::uint16_t>(1000);
    check_places<std::uint8_t>(50);
}

TEST(a_gray_picture_has_one_channel) {
    const Table<std::uint32_t> table(1000);
    const Image gray = {{7, 8, 9, 10}, 2, 2, 1};
    for (const ChannelOrder order : {ChannelOrder::kRgb, ChannelOrder::kBgr}) {
        const auto got =
            filled<std::uint32_t>(4, [&](void* out) { to_chw(Picture(gray.view()), table.levels, order, out); });
        CHECK_EQUAL(got, (std::vector<unsigned>{1007, 1008, 1009, 1010}));
    }
}

TEST(the_tensor_is_made_of_the_pictures_pixels) {
    Table<std::uint8_t> same(0);
    const Image photo = testing::noise(50, 70, 3, 2);
    const Picture picture = Picture(photo.view()).resize_short_side(20, Filter::kBilinear).center_crop(16, 18);
    std::vector<std::uint8_t> tensor(16 * 18 * 3);
    to_hwc(picture, same.levels, ChannelOrder::kRgb, tensor.data());
    CHECK_EQUAL(tensor, picture.pixels().pixels);
}
