// What the preprocessing benchmark times: the pipeline that a generated project has for torchvision's ImageNet preset.
// With -DMEMORY it is a program that tells how many bytes the pipeline allocates at most, besides photo and tensor.
#include <cstdint>

#include "kernels/picture.h"
#include "kernels/to_tensor.h"

extern "C" void edgegen_preprocess(const std::uint8_t* pixels, int width, int height,
                                   const std::uint32_t (*levels)[256], float* tensor) {
    const edgegen::ImageView photo = {pixels, width, height, 3, static_cast<std::ptrdiff_t>(width) * 3};
    const edgegen::Picture seen =
        edgegen::Picture(photo).resize_short_side(256, edgegen::Filter::kBilinear).center_crop(224, 224);
    to_chw(seen, levels, edgegen::ChannelOrder::kRgb, tensor);
}

extern "C" const char* edgegen_path() { return edgegen::resize_path().name; }

#ifdef MEMORY

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <vector>

namespace {

std::size_t held = 0;
std::size_t most = 0;
constexpr std::size_t kHeader = alignof(std::max_align_t);  // before each block: its size

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

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fprintf(stderr, "usage: memory WIDTH HEIGHT\n");
        return 2;
    }
    const int width = std::atoi(argv[1]);
    const int height = std::atoi(argv[2]);
    const std::vector<std::uint8_t> photo(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3, 7);
    const std::vector<std::uint32_t> levels(3 * 256);
    std::vector<float> tensor(3 * 224 * 224);
    const std::size_t before = held;
    most = held;
    edgegen_preprocess(photo.data(), width, height, reinterpret_cast<const std::uint32_t (*)[256]>(levels.data()),
                       tensor.data());
    std::printf("%zu\n", most - before);
    return 0;
}

#endif  // MEMORY
