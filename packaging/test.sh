#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds, and runs the whole test suite on a display of its own.
#
#   ./packaging/test.sh [ctest arguments]      for instance: ./packaging/test.sh -R raster
#
# Without arguments everything but the long runs (labels: long, benchmark) is run.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

install_missing
build_release
say "Running the tests"
cd "$build" || fail "$build is not there."
[ $# -gt 0 ] || set -- -LE 'long|benchmark'
exec xvfb-run -a -s "-screen 0 1920x1080x24" ctest --output-on-failure -j2 "$@"
