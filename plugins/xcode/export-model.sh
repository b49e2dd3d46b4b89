#!/bin/sh
# SPDX-License-Identifier: MIT-0
# Exports the model anew when edgegen.toml, the weights or the code it is made of changed: the build phase of the target
# "Export model". Without edgegen on this Mac, the committed model is used.
#
#   export-model.sh [PROJECT]      the folder that edgegen.toml is in, $SRCROOT where none is given
#
# Build settings, in an .xcconfig that is not committed (Config/Local.xcconfig in a project of edgegen's own):
#   EDGEGEN           the command, such as /Users/me/shop/.venv/bin/edgegen; else it is looked for on PATH and in the
#                     folders that package managers use, which Xcode's PATH lacks
#   EDGEGEN_EXPORT    NO: use the committed model in any case
#
# It writes the files listed in outputs.xcfilelist, each where it stands, so it works in the sandbox of script phases.
set -eu

project=${1:-$SRCROOT}

if [ "${EDGEGEN_EXPORT:-YES}" = NO ]; then
    echo "note: EDGEGEN_EXPORT is NO: the committed model is used"
    exit 0
fi

edgegen=${EDGEGEN:-}
if [ -n "$edgegen" ] && [ ! -x "$edgegen" ]; then
    echo "error: EDGEGEN is $edgegen, which cannot be run. Correct that build setting."
    exit 1
fi
if [ -z "$edgegen" ]; then
    PATH="$PATH:${HOME:-/var/empty}/.local/bin:/opt/homebrew/bin:/usr/local/bin"
    edgegen=$(command -v edgegen) || {
        echo "note: edgegen is not installed here: the committed model is used"
        exit 0
    }
fi

scratch=$(mktemp -d "${TMPDIR:-/tmp}/edgegen-export.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
"$edgegen" export --if-changed --project "$project" --staging "$scratch"
