// Any bytes: an array whose bytes fit its shape and which is the same after being written and read, or an error.
#include <cstdlib>
#include <string>

#include "io/npy.h"

namespace {

void require(bool condition) {
    if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        const edgegen::NpyArray array = edgegen::parse_npy(data, size, "input");
        require(array.bytes.size() == static_cast<std::size_t>(array.count()) * array.item_bytes());
        const std::vector<std::uint8_t> written = edgegen::format_npy(array);
        const edgegen::NpyArray again = edgegen::parse_npy(written.data(), written.size(), "written");
        require(again.dtype == array.dtype && again.shape == array.shape && again.bytes == array.bytes);
    } catch (const edgegen::NpyError& error) {
        const std::string line = error.what();
        require(line.rfind("input: ", 0) == 0 || line.rfind("array: ", 0) == 0);
        require(line.find('\n') == std::string::npos);
    }
    return 0;
}
