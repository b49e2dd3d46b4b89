// SPDX-License-Identifier: MIT-0
#include "report.h"

#include <iostream>
#include <utility>

#include "generated/model_spec.h"
#include "report_values.h"

namespace {{ cookiecutter.namespace }} {
namespace {

void print_text(const Result& result) {
    std::cout << result.input << '\n';
    for (std::size_t i = 0; i < result.outputs.size(); ++i) print_tensor(model_outputs().at(i).name, result.outputs[i]);
    print_milliseconds(result.milliseconds);
}

void write_result(edgegen::JsonWriter& json, const Result& result) {
    json.begin_object().key("input").value(result.input).key("outputs").begin_object();
    for (std::size_t i = 0; i < result.outputs.size(); ++i) {
        json.key(model_outputs().at(i).name).begin_object();
        write_tensor(json, result.outputs[i]);
        json.end_object();
    }
    json.end_object().key("milliseconds");
    write_milliseconds(json, result.milliseconds);
    json.end_object();
}

}  // namespace

Report::Report(Arguments& arguments) : json_(arguments.flag("--json")) {}

std::string Report::help() {
    return "";
}

void Report::add(Result result) {
    if (json_) {
        results_.push_back(std::move(result));
    } else {
        print_text(result);
    }
}

void Report::finish() const {
    if (!json_) return;
    edgegen::JsonWriter json;
    json.begin_object().key("results").begin_array();
    for (const Result& result : results_) write_result(json, result);
    json.end_array().end_object();
    std::cout << json.text() << '\n';
}

}  // namespace {{ cookiecutter.namespace }}
