// SPDX-License-Identifier: MIT-0
// Generated from edgegen.toml; "edgegen export" rewrites this file.
// The constants of the model.
#pragma once

#include <cstdint>
#include <vector>

#include "{{ cookiecutter.slug }}/model.h"

namespace {{ cookiecutter.namespace }} {

/// The model file that belongs to this program: its size, and its checksum (CRC-32, as zlib's crc32).
inline constexpr std::size_t kModelBytes = {{ cookiecutter.model_bytes }};
inline constexpr std::uint32_t kModelCrc32 = {{ cookiecutter.model_crc32 }};

/// The model's inputs and outputs, in its own order.
const std::vector<TensorInfo>& model_inputs();
const std::vector<TensorInfo>& model_outputs();
{{ cookiecutter.levels_declarations }}
}  // namespace {{ cookiecutter.namespace }}
