// The headers of the pod that the bridge needs, from torch itself.
#pragma once
#include <torch/csrc/jit/mobile/import.h>
#include <torch/csrc/jit/mobile/module.h>
#include <torch/csrc/autograd/generated/variable_factories.h>
