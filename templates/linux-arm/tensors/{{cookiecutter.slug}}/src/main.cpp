// SPDX-License-Identifier: MIT-0
// {{ cookiecutter.slug }}: runs the model on files. "{{ cookiecutter.slug }} --help" says how.
#include <iostream>

#include "arguments.h"
#include "exit_codes.h"
#include "median.h"
#include "read_inputs.h"
#include "report.h"

namespace {{ cookiecutter.namespace }} {
namespace {

std::string usage() {
    return "usage: {{ cookiecutter.slug }} [options] [FILE...]\n"
           "\n"
           "Runs the model. Its inputs:\n"
           "\n" +
           input_help() +
           "\n"
           "  --input NAME=FILE  the file of an input\n" +
           Report::help() +
           "  --json             print one JSON document\n"
           "  --threads N        compute with N threads (one for each fast core)\n"
           "  --benchmark N      run N times and report each stage's median time\n"
           "  --model FILE       the model (../share/{{ cookiecutter.slug }}/{{ cookiecutter.model_file }}, seen from the program)\n"
           "\n"
           "Exit codes: 0 done, 2 wrong usage, 3 a file cannot be used, 4 the model cannot be used, 1 anything else.\n";
}

// What is done with each set of inputs: this is the place to change.
Result run(Model& model, const Request& request, int runs) {
    Result result{request.name, {}, {}};
    std::vector<Milliseconds> measured;
    for (int i = 0; i < runs; ++i) {
        Milliseconds milliseconds;
        const std::vector<Tensor> inputs = read_inputs(request, milliseconds);
        Stopwatch watch;
        result.outputs = model.run(inputs);
        milliseconds.forward = watch.lap();
        measured.push_back(milliseconds);
    }
    result.milliseconds = median(measured);
    return result;
}

int program(int argc, char** argv) {
    Arguments arguments(argc, argv);
    if (arguments.flag("--help")) {
        std::cout << usage();
        return kOk;
    }
    Report report(arguments);
    const int threads = arguments.number("--threads", 0, 1, 1024);
    const int runs = arguments.number("--benchmark", 1, 1, 1'000'000);
    const std::string file =
        arguments.text("--model", program_folder() + "/../share/{{ cookiecutter.slug }}/{{ cookiecutter.model_file }}");
    const std::vector<std::string> named = arguments.texts("--input");
    const std::vector<Request> wanted = requests(arguments.files(), named);

    if (threads > 0) Model::set_threads(threads);
    Model model(file);
    for (const Request& request : wanted) report.add(run(model, request, runs));
    report.finish();
    return kOk;
}

}  // namespace
}  // namespace {{ cookiecutter.namespace }}

int main(int argc, char** argv) {
    return {{ cookiecutter.namespace }}::guarded({{ cookiecutter.namespace }}::program, argc, argv);
}
