# SPDX-License-Identifier: MIT-0
# Generated from edgegen.toml; "edgegen export" rewrites this file.
"""The model's inputs and outputs in Python, for run.py."""

import torch

# (name, shape, dtype, what makes it of a picture)
INPUTS = [
{{ cookiecutter.python_inputs }}
]
# (name, how class scores become probabilities; None where the output is no class scores)
OUTPUTS = [
{{ cookiecutter.python_outputs }}
]
