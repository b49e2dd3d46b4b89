// Runs conformance cases through the C++ kernels: reads a folder of cases, writes every stage of every case.
//
//     driver FOLDER PATH        PATH is a resize path: scalar, avx2, neon; or "yuv" for the folder's frames
//
// The format of the files is told in tests/conformance/casefile.py and yuv.py. Exit code 3: this CPU does not have the path.
#include <cstdint>
#include <cstring>
#include <exception>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "kernels/orient.h"
#include "kernels/picture.h"
#include "kernels/to_tensor.h"
#include "kernels/yuv.h"

namespace {

using edgegen::ChannelOrder;
using edgegen::Color;
using edgegen::Filter;
using edgegen::Image;
using edgegen::ImageView;
using edgegen::PassOrder;
using edgegen::Picture;

constexpr int kNoSuchPath = 3;

/// The bytes of pixels.bin, handed out in order.
class Bytes {
public:
    explicit Bytes(const std::string& path) {
        std::ifstream file(path, std::ios::binary);
        if (!file) throw std::runtime_error("cannot read " + path);
        bytes_.assign(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }

    /// The next `count` bytes in memory of their own, so that a sanitizer sees a read past their end.
    std::vector<std::uint8_t> take(std::size_t count) {
        if (count > bytes_.size() - at_) throw std::runtime_error("pixels.bin is too short");
        const char* const from = bytes_.data() + at_;
        at_ += count;
        return {from, from + count};
    }

private:
    std::vector<char> bytes_;
    std::size_t at_ = 0;
};

/// stages.txt and stages.bin.
class Stages {
public:
    explicit Stages(const std::string& folder)
        : index_(folder + "/stages.txt"), data_(folder + "/stages.bin", std::ios::binary) {}

    void write(const std::string& case_name, const std::string& stage, const void* bytes, std::size_t count) {
        index_ << case_name << ' ' << stage << ' ' << count << '\n';
        data_.write(static_cast<const char*>(bytes), static_cast<std::streamsize>(count));
    }

    void write(const std::string& case_name, const std::string& stage, const Image& image) {
        std::ostringstream name;
        name << stage << ' ' << image.height << 'x' << image.width << 'x' << image.channels;
        write(case_name, name.str(), image.pixels.data(), image.pixels.size());
    }

    void refuse(const std::string& case_name, const char* why) { index_ << case_name << " refused " << why << '\n'; }

    void close() {
        index_.close();
        data_.close();
        if (!index_ || !data_) throw std::runtime_error("the stages could not be written");
    }

private:
    std::ofstream index_;
    std::ofstream data_;
};

int number(std::istream& words) {
    int value = 0;
    if (!(words >> value)) throw std::runtime_error("cases.txt: a number is missing");
    return value;
}

Filter filter(std::istream& words) {
    static const std::map<std::string, Filter> filters = {
        {"nearest", Filter::kNearest}, {"box", Filter::kBox},         {"bilinear", Filter::kBilinear},
        {"hamming", Filter::kHamming}, {"bicubic", Filter::kBicubic}, {"lanczos", Filter::kLanczos}};
    std::string name;
    words >> name;
    return filters.at(name);
}

Color color(std::istream& words) {
    const int red = number(words);
    const int green = number(words);
    const int blue = number(words);
    return {static_cast<std::uint8_t>(red), static_cast<std::uint8_t>(green), static_cast<std::uint8_t>(blue)};
}

Picture apply(const Picture& picture, const std::string& op, std::istream& words) {
    if (op == "gray") return picture.gray(number(words));
    if (op == "short_side") {
        const int size = number(words);
        const Filter by = filter(words);
        return picture.resize_short_side(size, by, number(words));
    }
    if (op == "pad") {
        const int left = number(words);
        const int top = number(words);
        const int right = number(words);
        const int bottom = number(words);
        return picture.pad(left, top, right, bottom, color(words));
    }
    const int height = number(words);
    const int width = number(words);
    if (op == "resize") return picture.resize(height, width, filter(words));
    if (op == "center_crop") return picture.center_crop(height, width);
    if (op == "letterbox") {
        const Filter by = filter(words);
        return picture.letterbox(height, width, by, color(words));
    }
    throw std::runtime_error("cases.txt: no operation " + op);
}

template <class Bits>
std::vector<std::uint8_t> tensor(const Picture& picture, bool chw, ChannelOrder order,
                                 const std::vector<std::uint8_t>& table) {
    const std::size_t channels = static_cast<std::size_t>(picture.channels());
    std::vector<Bits> levels(channels * 256);
    if (table.size() != levels.size() * sizeof(Bits)) throw std::runtime_error("a table of levels of another size");
    std::memcpy(levels.data(), table.data(), table.size());
    const auto* const rows = reinterpret_cast<const Bits(*)[256]>(levels.data());
    std::vector<std::uint8_t> out(channels * static_cast<std::size_t>(picture.height()) *
                                  static_cast<std::size_t>(picture.width()) * sizeof(Bits));
    chw ? to_chw(picture, rows, order, out.data()) : to_hwc(picture, rows, order, out.data());
    return out;
}

std::vector<std::uint8_t> tensor(const Picture& picture, const std::string& layout, const std::string& channel_order,
                                 int bits, const std::vector<std::uint8_t>& table) {
    const bool chw = layout == "NCHW";
    const ChannelOrder order = channel_order == "bgr" ? ChannelOrder::kBgr : ChannelOrder::kRgb;
    switch (bits) {
        case 32: return tensor<std::uint32_t>(picture, chw, order, table);
        case 16: return tensor<std::uint16_t>(picture, chw, order, table);
        case 8: return tensor<std::uint8_t>(picture, chw, order, table);
        default: throw std::runtime_error("cases.txt: no such width of values");
    }
}

/// One case: the photo line has been announced by `name`, the rest of the lines follow up to "tensor".
void run_case(const std::string& name, std::istream& lines, Bytes& bytes, Stages& stages) {
    const int height = number(lines);
    const int width = number(lines);
    const int row_bytes = number(lines);
    const int orientation = number(lines);
    std::string order;
    lines >> order;
    const std::size_t size = static_cast<std::size_t>(row_bytes) * static_cast<std::size_t>(height - 1) +
                             static_cast<std::size_t>(width) * 3;
    const std::vector<std::uint8_t> pixels = bytes.take(size);
    const ImageView photo = {pixels.data(), width, height, 3, row_bytes};
    const Image upright = edgegen::orient(photo, orientation);
    stages.write(name, "decoded", upright);

    // A picture that is upright is read where it lies, with the gaps between its rows.
    const ImageView seen = orientation == 1 ? photo : upright.view();
    std::optional<Picture> picture;
    picture.emplace(seen, order == "pillow13" ? PassOrder::kPillow13 : PassOrder::kHorizontalFirst);
    bool refused = false;
    std::string op;
    std::string line;
    for (int index = 1; lines >> op && op != "tensor"; ++index) {
        std::getline(lines, line);
        std::istringstream words(line);
        if (refused) continue;
        try {
            picture = apply(*picture, op, words);
        } catch (const std::invalid_argument& error) {
            stages.refuse(name, error.what());
            refused = true;
            continue;
        }
        stages.write(name, std::to_string(index) + "_" + (op == "short_side" ? "resize" : op), picture->pixels());
    }
    std::string layout;
    std::string channel_order;
    lines >> layout >> channel_order;
    const int bits = number(lines);
    const int channels = number(lines);
    const auto table = bytes.take(static_cast<std::size_t>(channels) * 256 * static_cast<std::size_t>(bits) / 8);
    if (refused) return;
    const auto values = tensor(*picture, layout, channel_order, bits, table);
    stages.write(name, "tensor " + layout, values.data(), values.size());
}

/// One camera frame: the frame line has been announced by `name`.
void run_frame(const std::string& name, std::istream& words, Bytes& bytes, Stages& stages) {
    edgegen::YuvView frame;
    frame.width = number(words);
    frame.height = number(words);
    edgegen::Window crop = {};
    for (int* const side : {&crop.left, &crop.top, &crop.right, &crop.bottom}) *side = number(words);
    std::string matrix;
    std::string range;
    words >> matrix >> range;
    frame.matrix = matrix == "bt601" ? edgegen::YuvMatrix::kBt601 : edgegen::YuvMatrix::kBt709;
    frame.range = range == "full" ? edgegen::YuvRange::kFull : edgegen::YuvRange::kLimited;
    const int degrees = number(words);
    const bool mirrored = number(words) != 0;
    std::vector<std::uint8_t> memory[3];
    edgegen::YuvPlane* const planes[3] = {&frame.y, &frame.u, &frame.v};
    for (int i = 0; i < 3; ++i) {
        planes[i]->row_bytes = number(words);
        planes[i]->pixel_bytes = number(words);
        memory[i] = bytes.take(static_cast<std::size_t>(number(words)));
        planes[i]->samples = memory[i].data();
    }
    stages.write(name, "rgb", edgegen::yuv_to_rgb(frame, crop, degrees, mirrored));
}

void run_frames(const std::string& folder) {
    std::ifstream frames(folder + "/yuv.txt");
    if (!frames) throw std::runtime_error("cannot read " + folder + "/yuv.txt");
    Bytes bytes(folder + "/yuv.bin");
    Stages stages(folder);
    for (std::string word, name; frames >> word >> name;) {
        if (word != "frame") throw std::runtime_error("yuv.txt: expected a frame, got " + word);
        run_frame(name, frames, bytes, stages);
    }
    stages.close();
}

void run(const std::string& folder) {
    std::ifstream cases(folder + "/cases.txt");
    if (!cases) throw std::runtime_error("cannot read " + folder + "/cases.txt");
    Bytes bytes(folder + "/pixels.bin");
    Stages stages(folder);
    for (std::string word, name; cases >> word >> name;) {
        if (word != "case") throw std::runtime_error("cases.txt: expected a case, got " + word);
        run_case(name, cases, bytes, stages);
    }
    stages.close();
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: driver FOLDER PATH\n";
        return 2;
    }
    const bool frames = std::string(argv[2]) == "yuv";
    const edgegen::ResizePath* const path = frames ? nullptr : edgegen::find_resize_path(argv[2]);
    if (!frames && path == nullptr) {
        std::cerr << "driver: this CPU has no resize path " << argv[2] << '\n';
        return kNoSuchPath;
    }
    edgegen::force_resize_path(path);
    try {
        frames ? run_frames(argv[1]) : run(argv[1]);
    } catch (const std::exception& error) {
        std::cerr << "driver: " << error.what() << '\n';
        return 1;
    }
    return 0;
}
