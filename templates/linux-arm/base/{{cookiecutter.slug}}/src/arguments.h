// SPDX-License-Identifier: MIT-0
// The command line.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace {{ cookiecutter.namespace }} {

/// The command line asks for something that does not exist. what() is one line.
class UsageError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Takes options out of the command line one by one; what is left are the files. `--name value` and `--name=value` are
/// the same, and everything after `--` is a file.
class Arguments {
public:
    Arguments(int argc, char** argv);

    /// Whether `--name` is there.
    bool flag(const std::string& name);
    /// The value of `--name`, or `otherwise`. Throws UsageError when it is no whole number from `least` to `most`.
    int number(const std::string& name, int otherwise, int least, int most);
    /// The value of `--name`, or `otherwise`.
    std::string text(const std::string& name, const std::string& otherwise);
    /// Every value of `--name`, in order.
    std::vector<std::string> texts(const std::string& name);
    /// The files. Throws UsageError when an option is left that nobody asked for. Call it last.
    std::vector<std::string> files() const;

private:
    std::vector<std::string> options_;  // before "--"
    std::vector<std::string> after_;    // after "--"
};

/// The folder of the running program's own file.
std::string program_folder();

}  // namespace {{ cookiecutter.namespace }}
