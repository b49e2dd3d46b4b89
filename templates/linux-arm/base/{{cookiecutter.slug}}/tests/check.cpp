// SPDX-License-Identifier: MIT-0
#include "check.h"

#include <cstdio>

namespace {{ cookiecutter.namespace }} {

int run_test(int argc, char** argv, const std::vector<std::pair<std::string, std::function<void()>>>& tests) {
    const std::string name = argc > 1 ? argv[1] : "";
    for (const auto& [known, test] : tests) {
        if (known != name) continue;
        try {
            test();
            return 0;
        } catch (const std::exception& error) {
            std::fprintf(stderr, "%s: %s\n", name.c_str(), error.what());
            return 1;
        }
    }
    std::fprintf(stderr, "there is no test \"%s\"\n", name.c_str());
    return 2;
}

}  // namespace {{ cookiecutter.namespace }}
