// SPDX-License-Identifier: MIT-0
#include "exit_codes.h"

#include <cstdio>
#include <stdexcept>

#include "arguments.h"
#include "io/npy.h"
#include "{{ cookiecutter.slug }}/model.h"

namespace {{ cookiecutter.namespace }} {
namespace {

int fail(const char* message, ExitCode code) {
    std::fprintf(stderr, "error: %s\n", message);
    return code;
}

}  // namespace

int guarded(int (*program)(int argc, char** argv), int argc, char** argv) {
    try {
        return program(argc, argv);
    } catch (const UsageError& error) {
        return fail(error.what(), kBadUsage);
    } catch (const edgegen::NpyError& error) {
        return fail(error.what(), kBadInput);
    } catch (const std::invalid_argument& error) {
        return fail(error.what(), kBadInput);
    } catch (const ModelError& error) {
        return fail(error.what(), kBadModel);
    } catch (const std::exception& error) {
        return fail(error.what(), kInternalError);
    }
}

}  // namespace {{ cookiecutter.namespace }}
