#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds, and runs the test suite on a display of its own.
#
#   ./packaging/test.sh [ctest arguments]      for instance: ./packaging/test.sh -R raster
#   ./packaging/test.sh --external [ctest arguments]
#
# Without arguments everything is run but what takes long or more than this project: the labels long, benchmark,
# fuzz, faults and external. --external runs the last: it fetches the programs and packages it checks against
# (Keras, for instance) into a folder of the build; what could not be fetched reads as not run, never as passed.
#
# With NUNATAK_STRICT=1, as CI has it, warnings of the compiler are errors, and so is a source that clang-format
# would lay out otherwise.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

if [ "${1:-}" = --external ]; then
    shift
    export NUNATAK_EXTERNAL_INSTALL=1
    set -- -L external "$@"
elif [ $# -eq 0 ]; then
    set -- -LE '^(long|benchmark|fuzz|faults|external)$'
fi
if [ "${NUNATAK_STRICT:-}" = 1 ]; then
    install_missing clang-format
    say "Asking the formatter"
    (cd "$root" && git ls-files -z '*.cpp' '*.h' | xargs -0 -n 64 -P 2 clang-format --dry-run -Werror) ||
        fail "clang-format would lay these out otherwise: clang-format -i on them is all that is needed."
    configure=(-DNUNATAK_WARNINGS_AS_ERRORS=ON)
else
    install_missing
fi
build_release all
say "Running the tests"
cd "$build" || fail "$build is not there."
exec xvfb-run -a -s "-screen 0 1920x1080x24" ctest --output-on-failure -j2 "$@"
