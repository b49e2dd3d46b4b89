// SPDX-License-Identifier: MIT-0
// The checksum that tells whether the model file is the one this program was built for.
#pragma once

#include <cstddef>
#include <cstdint>

namespace {{ cookiecutter.namespace }} {

/// CRC-32 as zlib, gzip and PNG compute it (polynomial 0xEDB88320, reflected).
std::uint32_t crc32(const std::uint8_t* bytes, std::size_t size);

}  // namespace {{ cookiecutter.namespace }}
