// bare_forward MODEL N: the median of N calls of forward on a 1x3x224x224 float32 tensor of zeros, one thread, in ms.
#include <executorch/extension/module/module.h>
#include <executorch/extension/tensor/tensor.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

// The SDK ships this library without its header.
namespace executorch::extension::threadpool {
class ThreadPool {
public:
    bool _unsafe_reset_threadpool(std::uint32_t threads);
};
ThreadPool* get_threadpool();
}  // namespace executorch::extension::threadpool

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    executorch::extension::threadpool::get_threadpool()->_unsafe_reset_threadpool(1);
    executorch::extension::Module module(argv[1], executorch::extension::Module::LoadMode::Mmap);
    if (module.load_forward() != executorch::runtime::Error::Ok) return 1;
    std::vector<float> values(3 * 224 * 224);
    auto input = executorch::extension::from_blob(values.data(), {1, 3, 224, 224});
    std::vector<double> times;
    for (int run = 0; run < std::atoi(argv[2]); ++run) {
        const auto begin = std::chrono::steady_clock::now();
        if (!module.forward(input).ok()) return 1;
        times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
    }
    std::sort(times.begin(), times.end());
    std::printf("%.6f\n", times[times.size() / 2]);
}
