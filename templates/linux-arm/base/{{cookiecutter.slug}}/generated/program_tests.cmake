# SPDX-License-Identifier: MIT-0
# Generated from edgegen.toml; "edgegen export" rewrites this file.
set(goldens "${PROJECT_SOURCE_DIR}/generated/goldens")
{{ cookiecutter.program_tests }}
