// SPDX-License-Identifier: MIT-0
#include "crc32.h"

#include <array>

namespace {{ cookiecutter.namespace }} {
namespace {

// tables[k][b]: what byte b does to the checksum when k more bytes follow it. Eight of them let the loop below take
// eight bytes at a time, some five times faster than one: a model has many megabytes and is checked at every start.
using Tables = std::array<std::array<std::uint32_t, 256>, 8>;

Tables make_tables() {
    Tables tables{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t value = byte;
        for (int bit = 0; bit < 8; ++bit) value = (value >> 1) ^ ((value & 1) != 0 ? 0xEDB88320u : 0u);
        tables[0][byte] = value;
    }
    for (std::size_t k = 1; k < tables.size(); ++k) {
        for (std::size_t byte = 0; byte < 256; ++byte) {
            const std::uint32_t previous = tables[k - 1][byte];
            tables[k][byte] = (previous >> 8) ^ tables[0][previous & 255];
        }
    }
    return tables;
}

}  // namespace

std::uint32_t crc32(const std::uint8_t* bytes, std::size_t size) {
    static const Tables tables = make_tables();
    std::uint32_t crc = 0xFFFFFFFFu;
    for (; size >= 8; size -= 8, bytes += 8) {
        crc = tables[7][(crc ^ bytes[0]) & 255] ^ tables[6][((crc >> 8) ^ bytes[1]) & 255] ^
              tables[5][((crc >> 16) ^ bytes[2]) & 255] ^ tables[4][(crc >> 24) ^ bytes[3]] ^ tables[3][bytes[4]] ^
              tables[2][bytes[5]] ^ tables[1][bytes[6]] ^ tables[0][bytes[7]];
    }
    for (; size > 0; --size, ++bytes) crc = (crc >> 8) ^ tables[0][(crc ^ *bytes) & 255];
    return ~crc;
}

}  // namespace {{ cookiecutter.namespace }}
