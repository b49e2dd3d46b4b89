// SPDX-License-Identifier: MIT-0
// How the program ends, for scripts that call it.
#pragma once

namespace {{ cookiecutter.namespace }} {

enum ExitCode : int {
    kOk = 0,
    kInternalError = 1,  ///< a bug in the program
    kBadUsage = 2,       ///< the command line
    kBadInput = 3,       ///< a picture or .npy file that is missing, damaged or does not fit the model
    kBadModel = 4,       ///< the model is missing, damaged or another one, or the runtime failed
};

/// Calls `program` and turns what it throws into one line on stderr and an exit code.
int guarded(int (*program)(int argc, char** argv), int argc, char** argv);

}  // namespace {{ cookiecutter.namespace }}
