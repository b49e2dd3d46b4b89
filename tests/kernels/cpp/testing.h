// A test is a function; a failed CHECK prints where and what, and the test goes on.
//
//     TEST(name_of_the_claim) { CHECK_EQUAL(f(1), 2); }
//
// The program runs the tests that are named, or all; with --list it lists them, with --path it names the resize path.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "kernels/image.h"

namespace testing {

std::map<std::string, std::function<void()>>& tests();
int& failures();

/// Adds a test to the program; made by TEST.
struct Registered {
    Registered(const char* name, std::function<void()> run) { tests()[name] = std::move(run); }
};

template <class Value>
void print(std::ostream& out, const Value& value) {
    out << value;
}
inline void print(std::ostream& out, std::uint8_t value) { out << static_cast<int>(value); }
template <class Value>
void print(std::ostream& out, const std::vector<Value>& values) {
    for (const auto& value : values) {
        print(out, value);
        out << ' ';
    }
}

template <class Left, class Right>
void check_equal(const Left& got, const Right& expected, const char* what, const char* file, int line) {
    if (got == expected) return;
    ++failures();
    std::cerr << file << ':' << line << ": " << what << "\n    expected ";
    print(std::cerr, expected);
    std::cerr << "\n    got      ";
    print(std::cerr, got);
    std::cerr << '\n';
}

/// True if the call throws Error.
template <class Error, class Call>
bool throws(Call call) {
    try {
        call();
    } catch (const Error&) {
        return true;
    }
    return false;
}

/// H x W x channels of levels that look random and are the same in every run.
edgegen::Image noise(int height, int width, int channels, std::uint32_t seed);

/// Calls `run` with each resize path that this CPU has forced, then lets the kernels choose again.
void on_every_path(const std::function<void()>& run);

/// Bytes held of operator new, at their most since reset_memory(), above what was held then.
std::size_t most_memory();
void reset_memory();

}  // namespace testing

#define TEST(name)                                                          \
    static void test_##name();                                              \
    static const testing::Registered registered_##name(#name, test_##name); \
    static void test_##name()
#define CHECK(claim) testing::check_equal(static_cast<bool>(claim), true, #claim, __FILE__, __LINE__)
#define CHECK_EQUAL(got, expected) testing::check_equal(got, expected, #got, __FILE__, __LINE__)
