// SPDX-License-Identifier: MIT-0
// {{ cookiecutter.slug }}: classifies pictures. "{{ cookiecutter.slug }} --help" says how.
#include <cstdio>
#include <iostream>

#include "arguments.h"
#include "decode/decode.h"
#include "exit_codes.h"
#include "io/json.h"
#include "median.h"
#include "{{ cookiecutter.slug }}/classifier.h"

namespace {{ cookiecutter.namespace }} {
namespace {

constexpr const char* kUsage =
    "usage: {{ cookiecutter.slug }} [options] PHOTO...\n"
    "\n"
    "Says what is in each photo (JPEG or PNG).\n"
    "\n"
    "  --top N          print the N most probable classes (5)\n"
    "  --json           print one JSON document\n"
    "  --threads N      compute with N threads (one for each fast core)\n"
    "  --benchmark N    classify each photo N times and report each stage's median time\n"
    "  --model FILE     the model (../share/{{ cookiecutter.slug }}/{{ cookiecutter.model_file }}, seen from the program)\n"
    "\n"
    "Exit codes: 0 done, 2 wrong usage, 3 a photo cannot be used, 4 the model cannot be used, 1 anything else.\n";

struct Result {
    std::string photo;
    std::vector<Prediction> top;
    Milliseconds milliseconds;
};

// Reads the photo once for each run and notes how long that took.
edgegen::Image read(const std::string& photo, std::vector<Milliseconds>& runs) {
    edgegen::Image pixels;
    for (Milliseconds& run : runs) {
        Stopwatch watch;
        pixels = edgegen::read_image(photo);
        run.decode = watch.lap();
    }
    return pixels;
}

// What is done with each photo: this is the place to change.
Result classify(Classifier& classifier, const std::string& photo, int top, int count) {
    // First all reading, then all classifying: a decoder in between would push the model out of the CPU's caches, which
    // it does not do where pictures come from a camera.
    std::vector<Milliseconds> runs(static_cast<std::size_t>(count));
    const edgegen::Image pixels = read(photo, runs);
    Result result{photo, {}, {}};
    for (Milliseconds& run : runs) {
        result.top = classifier.classify(pixels.view(), top);
        const double decode = run.decode;
        run = classifier.milliseconds();
        run.decode = decode;
    }
    result.milliseconds = median(runs);
    return result;
}

void print_text(const Result& result, bool several) {
    if (several) std::cout << result.photo << ":\n";
    for (const Prediction& prediction : result.top) {
        std::printf("%6.2f %%  %s\n", 100.0 * static_cast<double>(prediction.probability), prediction.label.c_str());
    }
    const Milliseconds& ms = result.milliseconds;
    std::printf("decode %.2f ms, preprocess %.2f ms, forward %.2f ms, postprocess %.2f ms\n", ms.decode, ms.preprocess,
                ms.forward, ms.postprocess);
    std::fflush(stdout);
}

void print_json(const std::vector<Result>& results) {
    edgegen::JsonWriter json;
    json.begin_object().key("results").begin_array();
    for (const Result& result : results) {
        json.begin_object().key("input").value(result.photo).key("top").begin_array();
        for (const Prediction& prediction : result.top) {
            json.begin_object().key("index").value(prediction.index);
            json.key("label").value(prediction.label);
            json.key("probability").value(prediction.probability).end_object();
        }
        json.end_array().key("milliseconds").begin_object();
        json.key("decode").value(result.milliseconds.decode).key("preprocess").value(result.milliseconds.preprocess);
        json.key("forward").value(result.milliseconds.forward);
        json.key("postprocess").value(result.milliseconds.postprocess);
        json.end_object().end_object();
    }
    json.end_array().end_object();
    std::cout << json.text() << '\n';
}

int program(int argc, char** argv) {
    Arguments arguments(argc, argv);
    if (arguments.flag("--help")) {
        std::cout << kUsage;
        return kOk;
    }
    const bool json = arguments.flag("--json");
    const int top = arguments.number("--top", 5, 1, 1'000'000);
    const int threads = arguments.number("--threads", 0, 1, 1024);
    const int runs = arguments.number("--benchmark", 1, 1, 1'000'000);
    const std::string model =
        arguments.text("--model", program_folder() + "/../share/{{ cookiecutter.slug }}/{{ cookiecutter.model_file }}");
    const std::vector<std::string> photos = arguments.files();
    if (photos.empty()) throw UsageError("no photo was given. Try --help");

    if (threads > 0) Model::set_threads(threads);
    Classifier classifier(model);
    std::vector<Result> results;
    for (const std::string& photo : photos) {
        results.push_back(classify(classifier, photo, top, runs));
        if (!json) print_text(results.back(), photos.size() > 1);
    }
    if (json) print_json(results);
    return kOk;
}

}  // namespace
}  // namespace {{ cookiecutter.namespace }}

int main(int argc, char** argv) {
    return {{ cookiecutter.namespace }}::guarded({{ cookiecutter.namespace }}::program, argc, argv);
}
