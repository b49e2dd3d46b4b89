// SPDX-License-Identifier: MIT-0
// From the files of the command line to the model's input tensors.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "{{ cookiecutter.slug }}/model.h"
#include "{{ cookiecutter.slug }}/timing.h"

namespace {{ cookiecutter.namespace }} {

/// One run of the model: what it is called in the result, and the file of each input by the input's name.
struct Request {
    std::string name;
    std::map<std::string, std::string> files;
};

/// The runs that the command line asks for: `files` are the words that are no options, `named` each "NAME=FILE".
/// Throws UsageError when an input has no file, or there is no such input.
std::vector<Request> requests(const std::vector<std::string>& files, const std::vector<std::string>& named);

/// The inputs and what their files are, one a line, for --help.
std::string input_help();

/// The input tensors of a run, in the model's order; sets `decode` and `preprocess` of `milliseconds`. Throws
/// edgegen::NpyError or std::invalid_argument for a file that cannot be used{{ cookiecutter.picture_errors }}.
std::vector<Tensor> read_inputs(const Request& request, Milliseconds& milliseconds);

}  // namespace {{ cookiecutter.namespace }}
