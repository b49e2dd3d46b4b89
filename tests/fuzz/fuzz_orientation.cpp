// EXIF, XMP and ImageMagick's raw profile made of any bytes: an orientation from 1 to 8, or an error.
#include <cstdlib>
#include <string>

#include "decode/decode.h"
#include "decode/orientation.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace edgegen::decode;
    if (size == 0) return 0;
    const std::uint8_t kind = data[0];
    const std::uint8_t* text = data + 1;
    const std::string bytes(reinterpret_cast<const char*>(text), size - 1);
    OrientationSources sources;
    if (kind & 1) sources.exif.emplace(text, text + size - 1);
    if (kind & 2) sources.raw_profile = bytes;
    if (kind & 4) sources.xmp = bytes;
    if (kind & 8) sources.xmp_text = bytes;
    try {
        const int orientation = find_orientation(sources, (kind & 16) != 0);
        if (orientation < 1 || orientation > 8) std::abort();
    } catch (const edgegen::DecodeError&) {
    }
    return 0;
}
