// SPDX-License-Identifier: MIT-0
// The only place that chooses a path.
#include "kernels/resize.h"

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string>

#include "kernels/resize_paths.h"

namespace edgegen {
namespace {

const ResizePath kScalar = {"scalar", horizontal_scalar, vertical_scalar};

#if defined(EDGEGEN_HAS_AVX2)
const ResizePath kFast = {"avx2", horizontal_avx2, vertical_avx2};
bool has_fast() {
    __builtin_cpu_init();  // the question may come from a static constructor, before the runtime has asked the CPU
    return __builtin_cpu_supports("avx2") != 0;
}
#elif defined(EDGEGEN_HAS_NEON)
const ResizePath kFast = {"neon", horizontal_neon, vertical_neon};
bool has_fast() { return true; }
#else
const ResizePath kFast = kScalar;
bool has_fast() { return false; }
#endif

const ResizePath& choose() {
    if (const char* const name = std::getenv("EDGEGEN_RESIZE"); name != nullptr && *name != '\0') {
        if (const ResizePath* const path = find_resize_path(name)) return *path;
        throw std::invalid_argument(std::string("edgegen: EDGEGEN_RESIZE=") + name +
                                    " is unknown here or not supported by this CPU; unset it");
    }
    return has_fast() ? kFast : kScalar;
}

std::atomic<const ResizePath*> forced{nullptr};

}  // namespace

bool vertical_first(PassOrder order, int in_height, int in_width, int out_height, int out_width) {
    if (order == PassOrder::kHorizontalFirst) return false;
    const int lines_less = in_height - out_height;
    return lines_less > 0 && lines_less > 2 * (in_width - out_width);
}

const ResizePath& resize_path() {
    if (const ResizePath* const path = forced.load()) return *path;
    static const ResizePath& chosen = choose();
    return chosen;
}

const ResizePath* find_resize_path(const char* name) {
    if (std::strcmp(name, kScalar.name) == 0) return &kScalar;
    if (has_fast() && std::strcmp(name, kFast.name) == 0) return &kFast;
    return nullptr;
}

void force_resize_path(const ResizePath* path) { forced.store(path); }

}  // namespace edgegen
