#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A project beside QGIS: its layers look there as the program says, and what is done there is a step of the history.
. "$(dirname "$0")/common.sh"
QT_QPA_PLATFORM=offscreen /usr/bin/python3 -c 'import qgis.core' 2>/dev/null || not_run "python3-qgis is not installed"
cd "$work" || exit 1
must simulate --out demo --seed 3 --size 256 256
must project create p.gpkg --scene demo/scene.json
must import p.gpkg --outlines demo/outlines.gpkg --layer expert
must inventory start p.gpkg --from expert
/usr/bin/python3 -W ignore "$NUNATAK_TESTS/external/qgis_beside.py" p.gpkg >qgis.txt 2>&1 || fail "$(tail -n 1 qgis.txt)"
tail -n 2 qgis.txt
"$cli" project info p.gpkg >info.txt 2>&1 || fail "$(tail -n 1 info.txt)"
grep -q "Another program changed .*added .*removed 1 outline" info.txt || fail "info says: $(grep Note info.txt)"
must project rename p.gpkg --layer inventory --title Ours
"$cli" project history p.gpkg | grep -q "Another program changed .*Named in QGIS" || fail "the history does not say what QGIS did"
"$cli" project info p.gpkg | grep -q "Another program changed" && fail "what QGIS did is told a second time"
/usr/bin/python3 - p.gpkg <<'PYTHON' || fail "a UUID is missing, copied or numbered"
import sqlite3, sys
uuids = [row[0] for row in sqlite3.connect(sys.argv[1]).execute("SELECT uuid FROM inventory")]
sys.exit(any(not uuid or len(uuid) != 36 for uuid in uuids) or len(set(uuids)) != len(uuids))
PYTHON
