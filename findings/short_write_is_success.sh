#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Outlines that find no room on the disk: one expects an exception. Whether there is one depends on the format and on
# the version of GDAL: 3.7.2 (pyogrio 0.7.2) says nothing of a GeoJSON that is cut off and raises one for a Shapefile;
# 3.12.4 (pyogrio 0.13.0) the other way round. Its Shapefile has all shapes then and, read back, no attribute at all: a
# .dbf that is shorter than its header says is left out, without an exception, too. The full disk is played by a limit
# on the size of files.
# What it means: whoever writes by GDAL must watch the writes themselves, or read back what was written.
. "$(dirname "$0")/common.sh"

cat >write.py <<'PY'
import os, resource, signal
import numpy as np, shapely, pyogrio
from pyogrio.raw import read, write

count = 2000
shapes = shapely.to_wkb(shapely.points(np.arange(count) * 0.01, np.arange(count) * 0.01))
names = np.array([f"glacier {i:06d}" for i in range(count)], dtype=object)


def written(name, driver):
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    if (child := os.fork()) == 0:
        resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))
        try:
            write(name, shapes, [names], np.array(["name"], dtype=object), driver=driver, geometry_type="Point",
                  crs="EPSG:4326")
        except Exception:
            os._exit(1)
        os._exit(0)
    return "no exception" if os.waitpid(child, 0)[1] == 0 else "an exception"


def read_back(name):
    try:
        _, _, back, columns = read(name)
        return f"{len(back)} shapes, {len(columns)} columns"
    except Exception:
        return "not readable"


print(f"GDAL {pyogrio.__gdal_version__}")
print("GeoJSON:", written("a.geojson", "GeoJSON"), "then", read_back("a.geojson"))
print("Shapefile:", written("a.shp", "ESRI Shapefile"), "then", read_back("a.shp"))
PY
pip_install env-0.7.2 pyogrio==0.7.2 numpy==1.26.4 shapely==2.0.2
pip_install env-0.13.0 pyogrio==0.13.0 numpy==2.2.6 shapely==2.1.2
for version in 0.7.2 0.13.0; do
    "env-$version/bin/python" write.py 2>/dev/null | tee "seen-$version"
done
as_described "GDAL 3.7.2: a GeoJSON that is cut off, without an exception" \
    grep -q '^GeoJSON: no exception then not readable$' seen-0.7.2
as_described "GDAL 3.7.2: a Shapefile is refused" grep -q '^Shapefile: an exception ' seen-0.7.2
as_described "GDAL 3.12.4: a GeoJSON is refused" grep -q '^GeoJSON: an exception ' seen-0.13.0
as_described "GDAL 3.12.4: a Shapefile without its table, without an exception" \
    grep -q '^Shapefile: no exception then 2000 shapes, 0 columns$' seen-0.13.0
