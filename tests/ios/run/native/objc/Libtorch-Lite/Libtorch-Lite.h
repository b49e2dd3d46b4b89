// What the pod's umbrella header includes, of the torch wheel.
#pragma once

#include <torch/csrc/jit/mobile/import.h>
#include <torch/csrc/jit/mobile/module.h>
#include <torch/script.h>
