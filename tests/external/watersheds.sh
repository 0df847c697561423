#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Watersheds beside GRASS' r.watershed (Debian: grass-core) on one surface, one after the other: the same ice goes to
# the same margin; the times are told (docs/performance.md). NUNATAK_WATERSHED_SIZE=10980 for a whole tile (6 GB).
. "$(dirname "$0")/common.sh"
command -v grass >/dev/null || not_run "grass is not installed (grass-core)"
/usr/bin/python3 -c 'import numpy' 2>/dev/null || not_run "python3-numpy is not installed"
size=${NUNATAK_WATERSHED_SIZE:-3000}
"$NUNATAK_WATERSHEDS" "$size" "$work" >"$work/ours.txt" || fail "watershed_cost: $(tail -n 1 "$work/ours.txt")"
cat "$work/ours.txt"
cat >"$work/grass.sh" <<'END'
set -e
r.in.gdal --quiet -o input="$1/dem.raw" output=dem
g.region raster=dem
TIMEFORMAT="%R %U %S"
{ time r.watershed --quiet -s elevation=dem drainage=drainage 2>/dev/null; } 2>"$1/grass_seconds.txt"
r.out.bin --quiet -i input=drainage output="$1/drainage.raw" bytes=4 null=0
END
GRASS_VERBOSE=0 grass --tmp-location "$work/dem.raw" --exec bash "$work/grass.sh" "$work" >"$work/log.txt" 2>&1 ||
    fail "GRASS: $(tail -n 1 "$work/log.txt")"
/usr/bin/python3 "$NUNATAK_TESTS/external/watersheds.py" "$size" "$work"
