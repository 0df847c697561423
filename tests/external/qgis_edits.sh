#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Edits of shared lines by QGIS 3.22, beside ours in the same run, on the seeded inventory: NUNATAK_INVENTORY names
# it (a GeoPackage, in metres), else it is made by make_inventory.py where that is there. Times are told, not judged.
. "$(dirname "$0")/common.sh"
QT_QPA_PLATFORM=offscreen /usr/bin/python3 -c 'import qgis.core' 2>/dev/null || not_run "python3-qgis is not installed"
[ -x "$NUNATAK_BOUNDARY_COST" ] || not_run "boundary_cost is not built: ninja boundary_cost"
inventory=${NUNATAK_INVENTORY:-}
maker=$NUNATAK_TESTS/../../shared/tools/make_inventory.py
if [ -z "$inventory" ]; then
    [ -f "$maker" ] || not_run "NUNATAK_INVENTORY names no inventory, and $maker is not there"
    mkdir "$work/made"
    /usr/bin/python3 "$maker" "$work/made" >"$work/log.txt" 2>&1 || fail "make_inventory.py: $(tail -n 1 "$work/log.txt")"
    inventory=$work/made/inventory.gpkg
fi
cp "$inventory" "$work/edited.gpkg" # QGIS writes into its header
"$NUNATAK_BOUNDARY_COST" "$inventory" --edits "$work/edits.txt" || fail "boundary_cost failed"
/usr/bin/python3 -W ignore "$NUNATAK_TESTS/external/qgis_edits.py" "$work/edited.gpkg" "$work/edits.txt"
