// SPDX-License-Identifier: MIT-0
// The median of repeated measurements, stage by stage.
#pragma once

#include <vector>

#include "{{ cookiecutter.slug }}/timing.h"

namespace {{ cookiecutter.namespace }} {

/// Each stage's own median; `runs` has at least one element.
Milliseconds median(const std::vector<Milliseconds>& runs);

}  // namespace {{ cookiecutter.namespace }}
