#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A layer in a national system with its own seven parameters (+towgs84=…, as DHDN and the like come from older GIS) is
# written to a Shapefile and read again. One expects the same places, or a complaint. GDAL (3.5.3, 3.9.2) writes a .prj
# that has the parameters only as words in the datum's name; read back there is no shift, and a point in the Alps lies
# 129 m away, by the same pair of programs, without a word.
# What it means: read the system of a Shapefile back after writing, and compare places, not names.
. "$(dirname "$0")/common.sh"

cat >write.py <<'PY'
import math

import fiona
from fiona.transform import transform

crs = "+proj=utm +zone=32 +ellps=bessel +towgs84=598.1,73.7,418.2,0.202,0.045,-2.455,6.7 +units=m +no_defs"
with fiona.open("t.shp", "w", driver="ESRI Shapefile", crs=crs, schema={"geometry": "Point", "properties": {}}) as file:
    file.write({"geometry": {"type": "Point", "coordinates": (640000.0, 5190000.0)}, "properties": {}})
with fiona.open("t.shp") as file:
    read = file.crs_wkt
(x0,), (y0,) = transform(crs, "EPSG:4326", [640000.0], [5190000.0])
(x1,), (y1,) = transform(read, "EPSG:4326", [640000.0], [5190000.0])
off = math.hypot((x1 - x0) * math.cos(math.radians(y0)), y1 - y0) * 111200
print(f"GDAL {fiona.__gdal_version__}: {off:.0f} m off")
PY
for version in 1.9.1 1.10.1; do
    pip_install "env-$version" "fiona==$version"
    "env-$version/bin/python" write.py 2>/dev/null | tee "seen-$version"
    as_described "more than 100 m off" grep -qE ': 1[0-9]{2} m off' "seen-$version"
done
