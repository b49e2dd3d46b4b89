// SPDX-License-Identifier: MIT-0
#include "report.h"

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <utility>

#include "generated/labels.h"
#include "generated/model_spec.h"
#include "report_values.h"

namespace {{ cookiecutter.namespace }} {
namespace {

// The scores among the outputs, or null when output `index` is no class scores.
const ScoreOutput* scores_of(std::size_t index) {
    const std::vector<ScoreOutput>& all = score_outputs();
    const auto found =
        std::find_if(all.begin(), all.end(), [index](const ScoreOutput& s) { return s.output == index; });
    return found == all.end() ? nullptr : &*found;
}

std::vector<Prediction> ranked(const ScoreOutput& scores, const Tensor& tensor, int top) {
    return top_predictions(tensor, scores.activation, scores.labels, top);
}

void print_text(const Result& result, int top) {
    std::cout << result.input << '\n';
    for (std::size_t i = 0; i < result.outputs.size(); ++i) {
        const ScoreOutput* scores = scores_of(i);
        if (scores == nullptr) {
            print_tensor(model_outputs().at(i).name, result.outputs[i]);
            continue;
        }
        std::printf("%s:\n", model_outputs().at(i).name.c_str());
        for (const Prediction& prediction : ranked(*scores, result.outputs[i], top)) {
            std::printf("%6.2f %%  %s\n", 100.0 * static_cast<double>(prediction.probability),
                        prediction.label.c_str());
        }
    }
    print_milliseconds(result.milliseconds);
}

void write_top(edgegen::JsonWriter& json, const std::vector<Prediction>& predictions) {
    json.key("top").begin_array();
    for (const Prediction& prediction : predictions) {
        json.begin_object().key("index").value(prediction.index).key("label").value(prediction.label);
        json.key("probability").value(prediction.probability).end_object();
    }
    json.end_array();
}

// The first class scores are the result's "top"; every other output, further scores included, is in "outputs".
void write_result(edgegen::JsonWriter& json, const Result& result, int top) {
    const std::size_t first = score_outputs().front().output;
    json.begin_object().key("input").value(result.input);
    write_top(json, ranked(score_outputs().front(), result.outputs.at(first), top));
    if (result.outputs.size() > 1) {
        json.key("outputs").begin_object();
        for (std::size_t i = 0; i < result.outputs.size(); ++i) {
            if (i == first) continue;
            json.key(model_outputs().at(i).name).begin_object();
            write_tensor(json, result.outputs[i]);
            if (const ScoreOutput* scores = scores_of(i)) write_top(json, ranked(*scores, result.outputs[i], top));
            json.end_object();
        }
        json.end_object();
    }
    json.key("milliseconds");
    write_milliseconds(json, result.milliseconds);
    json.end_object();
}

}  // namespace

Report::Report(Arguments& arguments)
    : json_(arguments.flag("--json")), top_(arguments.number("--top", 5, 1, 1'000'000)) {}

std::string Report::help() {
    return "  --top N            print the N most probable classes (5)\n";
}

void Report::add(Result result) {
    Stopwatch watch;
    for (const ScoreOutput& scores : score_outputs()) ranked(scores, result.outputs.at(scores.output), top_);
    result.milliseconds.postprocess = watch.lap();
    if (json_) {
        results_.push_back(std::move(result));
    } else {
        print_text(result, top_);
    }
}

void Report::finish() const {
    if (!json_) return;
    edgegen::JsonWriter json;
    json.begin_object().key("results").begin_array();
    for (const Result& result : results_) write_result(json, result, top_);
    json.end_array().end_object();
    std::cout << json.text() << '\n';
}

}  // namespace {{ cookiecutter.namespace }}
