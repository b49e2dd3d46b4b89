#include "testing.h"

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <new>

#include "kernels/resize.h"

namespace {

// Counted by hand in every operator new: AddressSanitizer's own bookkeeping does not disturb it.
std::size_t held = 0;
std::size_t most = 0;
std::size_t start = 0;
constexpr std::size_t kHeader = alignof(std::max_align_t);

}  // namespace

void* operator new(std::size_t size) {
    auto* const block = static_cast<unsigned char*>(std::malloc(size + kHeader));
    if (block == nullptr) throw std::bad_alloc();
    *reinterpret_cast<std::size_t*>(block) = size;
    held += size;
    most = std::max(most, held);
    return block + kHeader;
}

void operator delete(void* pointer) noexcept {
    if (pointer == nullptr) return;
    auto* const block = static_cast<unsigned char*>(pointer) - kHeader;
    held -= *reinterpret_cast<std::size_t*>(block);
    std::free(block);
}

void operator delete(void* pointer, std::size_t) noexcept { operator delete(pointer); }

namespace testing {

std::map<std::string, std::function<void()>>& tests() {
    static std::map<std::string, std::function<void()>> all;
    return all;
}

int& failures() {
    static int count = 0;
    return count;
}

edgegen::Image noise(int height, int width, int channels, std::uint32_t seed) {
    edgegen::Image image = {{}, width, height, channels};
    image.pixels.resize(static_cast<std::size_t>(height) * static_cast<std::size_t>(width) *
                        static_cast<std::size_t>(channels));
    std::uint32_t state = seed * 2654435761u + 1;
    for (std::uint8_t& level : image.pixels) {
        state = state * 1664525u + 1013904223u;
        const std::uint32_t top = state >> 24;
        // A third of the levels is 0 or 255: filters overshoot there.
        level = static_cast<std::uint8_t>(top < 43 ? 0 : top < 86 ? 255 : top);
    }
    return image;
}

void on_every_path(const std::function<void()>& run) {
    for (const char* const name : {"scalar", "avx2", "neon"}) {
        const edgegen::ResizePath* const path = edgegen::find_resize_path(name);
        if (path == nullptr) continue;
        edgegen::force_resize_path(path);
        const int before = failures();
        run();
        if (failures() > before) std::cerr << "    on path " << name << '\n';
    }
    edgegen::force_resize_path(nullptr);
}

std::size_t most_memory() { return most - start; }

void reset_memory() { start = most = held; }

}  // namespace testing

int run(const std::vector<std::string>& wanted) {
    if (wanted == std::vector<std::string>{"--path"}) {
        std::cout << edgegen::resize_path().name << '\n';
        return 0;
    }
    if (wanted == std::vector<std::string>{"--list"}) {
        for (const auto& [name, run] : testing::tests()) std::cout << name << '\n';
        return 0;
    }
    int failed = 0;
    for (const auto& [name, run] : testing::tests()) {
        if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), name) == wanted.end()) continue;
        testing::failures() = 0;
        run();
        std::cout << (testing::failures() == 0 ? "ok      " : "FAILED  ") << name << std::endl;
        failed += testing::failures() > 0 ? 1 : 0;
    }
    for (const std::string& name : wanted) {
        if (testing::tests().count(name) == 0) {
            std::cerr << "no test " << name << '\n';
            ++failed;
        }
    }
    return failed == 0 ? 0 : 1;
}

int main(int argc, char** argv) {
    try {
        return run({argv + 1, argv + argc});
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 2;
    }
}
