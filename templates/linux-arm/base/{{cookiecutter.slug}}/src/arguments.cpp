// SPDX-License-Identifier: MIT-0
#include "arguments.h"

#include <charconv>
#include <filesystem>

namespace {{ cookiecutter.namespace }} {

Arguments::Arguments(int argc, char** argv) {
    bool options = true;
    for (int i = 1; i < argc; ++i) {
        const std::string argument = argv[i];
        if (options && argument == "--") {
            options = false;
        } else {
            (options ? options_ : after_).push_back(argument);
        }
    }
}

bool Arguments::flag(const std::string& name) {
    bool found = false;
    for (auto it = options_.begin(); it != options_.end();) {
        if (*it == name) {
            found = true;
            it = options_.erase(it);
        } else {
            ++it;
        }
    }
    return found;
}

std::vector<std::string> Arguments::texts(const std::string& name) {
    std::vector<std::string> values;
    for (auto it = options_.begin(); it != options_.end();) {
        if (it->compare(0, name.size() + 1, name + "=") == 0) {
            values.push_back(it->substr(name.size() + 1));
            it = options_.erase(it);
        } else if (*it == name) {
            if (it + 1 == options_.end()) throw UsageError(name + " needs a value");
            values.push_back(*(it + 1));
            it = options_.erase(it, it + 2);
        } else {
            ++it;
        }
    }
    return values;
}

std::string Arguments::text(const std::string& name, const std::string& otherwise) {
    const std::vector<std::string> values = texts(name);
    return values.empty() ? otherwise : values.back();
}

int Arguments::number(const std::string& name, int otherwise, int least, int most) {
    const std::vector<std::string> values = texts(name);
    if (values.empty()) return otherwise;
    const std::string& text = values.back();
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < least || value > most) {
        throw UsageError(name + " must be a whole number from " + std::to_string(least) + " to " +
                         std::to_string(most) + ", not \"" + text + "\"");
    }
    return value;
}

std::vector<std::string> Arguments::files() const {
    std::vector<std::string> files;
    for (const std::string& argument : options_) {
        if (argument.size() > 1 && argument[0] == '-') throw UsageError("there is no option " + argument);
        files.push_back(argument);
    }
    files.insert(files.end(), after_.begin(), after_.end());
    return files;
}

std::string program_folder() {
    return std::filesystem::canonical("/proc/self/exe").parent_path().string();
}

}  // namespace {{ cookiecutter.namespace }}
