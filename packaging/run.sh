#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds, makes the demo project if it is not there, and opens the desktop on it.
# Without a display it does the same job with no window and prints where each file lies.
#
#   ./packaging/run.sh [--gpu] [PROJECT.gpkg]
#
# --gpu builds the network against PyTorch's LibTorch, which runs on NVIDIA GPUs.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. "$(dirname "${BASH_SOURCE[0]}")/torch_wheel.sh"

demo=$root/demo
cli=$build/bin/nunatak-cli

make_demo() {
    [ ! -f "$demo/demo.gpkg" ] || return 0
    say "Making the demo (a simulated scene, the outlines an expert would draw, and a few glaciers to look at)"
    # What is in the folder and was made by something else stays; the program says so.
    "$cli" demo --out "$demo" || fail "the demo could not be made."
}
}

without_window() {
    say "There is no display, so the main job is done without a window"
    "$cli" predict "$demo/demo.gpkg" || fail "predicting failed."
    "$cli" export "$demo/demo.gpkg" --layer predicted --out "$demo/outlines.shp" || fail "exporting failed."
    "$cli" compare "$demo/demo.gpkg" --model predicted --expert expert >"$demo/comparison.txt" ||
        fail "comparing failed."
    grep '^All pixels' "$demo/comparison.txt"
    xvfb-run -a -s "-screen 0 1920x1080x24" "$build/bin/nunatak" "$demo/demo.gpkg" \
        --screenshot "$demo/view.png" --size 1600x1000 --camera oblique || fail "the view could not be drawn."
    say "Done"
    printf '%s\n' "Project (opens in Nunatak and QGIS): $demo/demo.gpkg" \
        "Exported outlines:                   $demo/outlines.shp" \
        "Model against expert, each glacier:  $demo/comparison.txt" \
        "Picture of the 3D view:              $demo/view.png"
}

install_missing
if [ "${1:-}" = --gpu ]; then
    shift
    use_wheel
else
    offer_gpu
fi
build_release programs
if [ $# -gt 0 ]; then
    exec "$build/bin/nunatak" "$@"
fi
make_demo
if [ -n "${DISPLAY:-}" ] || [ -n "${WAYLAND_DISPLAY:-}" ]; then
    exec "$build/bin/nunatak" "$demo/demo.gpkg"
fi
without_window
