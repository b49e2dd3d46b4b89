// SPDX-License-Identifier: MIT-0
// The smallest test harness that says what went wrong: a program with named tests, one of which is run.
#pragma once

#include <functional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace {{ cookiecutter.namespace }} {

/// A test failed; what() says how.
class Failure : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

inline void check(bool truth, const std::string& otherwise) {
    if (!truth) throw Failure(otherwise);
}

/// Runs `action` and returns the message of the `Error` it throws; fails when it throws nothing.
template <class Error>
std::string message_of(const std::function<void()>& action) {
    try {
        action();
    } catch (const Error& error) {
        return error.what();
    }
    throw Failure("no error was thrown");
}

inline void check_contains(const std::string& text, const std::string& part) {
    check(text.find(part) != std::string::npos, "\"" + text + "\" should contain \"" + part + "\"");
}

/// Runs the test that the first argument names. Exit code 0: passed, 1: failed, 2: no such test.
int run_test(int argc, char** argv, const std::vector<std::pair<std::string, std::function<void()>>>& tests);

}  // namespace {{ cookiecutter.namespace }}
