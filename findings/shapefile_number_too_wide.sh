#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A number that is too wide for its column of a Shapefile's table: one expects a refusal, or at least nothing that
# looks like a number. GDAL (3.5.3 in fiona 1.9.1, 3.9.2 in fiona 1.10.1) cuts its text off at the column's width, so
# that 1e30 in a column of 24.15 is stored, and read back, as 1e23. fiona raises nothing.
# What it means: look at the widths before writing, and write such a column as text or refuse it.
. "$(dirname "$0")/common.sh"

cat >write.py <<'PY'
import fiona

triangle = {"type": "Polygon", "coordinates": [[(0, 0), (0, 1), (1, 1), (0, 0)]]}
schema = {"geometry": "Polygon", "properties": {"value": "float:24.15"}}
with fiona.open("w.shp", "w", driver="ESRI Shapefile", crs="EPSG:32632", schema=schema) as file:
    file.write({"geometry": triangle, "properties": {"value": 1e30}})
with fiona.open("w.shp") as file:
    print(f"GDAL {fiona.__gdal_version__}: 1e30 comes back as {next(iter(file))['properties']['value']:.3g}")
PY
for version in 1.9.1 1.10.1; do
    pip_install "env-$version" "fiona==$version"
    "env-$version/bin/python" write.py 2>/dev/null | tee "seen-$version"
    as_described "a wrong number, without an exception" grep -q 'comes back as 1e+23$' "seen-$version"
done
