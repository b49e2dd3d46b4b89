// SPDX-License-Identifier: MIT-0
// Files that are given as NAME=FILE.
#pragma once

#include <string>
#include <vector>

#include "arguments.h"
#include "read_inputs.h"

namespace {{ cookiecutter.namespace }} {

/// The files of each "NAME=FILE". Throws UsageError when a NAME is no input's, or stands twice.
Request named_files(const std::vector<std::string>& named);

/// Throws UsageError when an input has no file; names the request after its file, or all of them.
void require_all(Request& request);

/// A .npy file of exactly that dtype and shape. Throws edgegen::NpyError; std::invalid_argument when it does not fit.
Tensor read_numbers(const TensorInfo& info, const std::string& path);

}  // namespace {{ cookiecutter.namespace }}
