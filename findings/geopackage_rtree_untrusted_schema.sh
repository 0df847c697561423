#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A GeoPackage's spatial index is kept by triggers that the standard prescribes: they call ST_IsEmpty, ST_MinX … and
# write an R-tree table. Who opens foreign files with `PRAGMA trusted_schema=OFF` expects that registering those
# functions as innocuous is all that is needed to write such a layer. In SQLite 3.42.0 (and 3.40, Debian 12) it is
# not: the R-tree module itself counts as unsafe inside a trigger, so that no row can be added to any layer with a
# spatial index. In SQLite 3.46.1 the same file and the same functions work.
# What it means: harden a connection that writes GeoPackages in another way (SQLITE_DBCONFIG_DEFENSIVE, a look at the
# triggers) unless the SQLite at hand is known to be newer.
. "$(dirname "$0")/common.sh"

pip_install env pyogrio==0.10.0 geopandas==1.0.1
cat >write.py <<'PY'
import sys
import apsw
import geopandas
from shapely.geometry import box

geopandas.GeoDataFrame({"name": ["a"]}, geometry=[box(0, 0, 1, 1)], crs=32632).to_file("g.gpkg", layer="l", engine="pyogrio")
db = apsw.Connection("g.gpkg")
for name, value in {"ST_IsEmpty": 0, "ST_MinX": 0.0, "ST_MaxX": 1.0, "ST_MinY": 0.0, "ST_MaxY": 1.0}.items():
    db.createscalarfunction(name, lambda blob, v=value: v, 1, flags=apsw.SQLITE_INNOCUOUS)
db.execute("PRAGMA trusted_schema=OFF")
try:
    db.execute("INSERT INTO l (geom, name) SELECT geom, 'b' FROM l LIMIT 1")
    said = "written"
except apsw.SQLError as error:
    said = str(error)
print(f"SQLite {apsw.sqlitelibversion()}: {said}")
PY
for version in 3.42.0.1 3.46.1.0; do
    pip_install env "apsw==$version"
    rm -f g.gpkg
    env/bin/python write.py | tee "seen-$version"
done
as_described "SQLite 3.42.0 calls the R-tree table unsafe" grep -q 'unsafe use of virtual table "rtree_l_geom"' seen-3.42.0.1
as_described "SQLite 3.46.1 writes the row" grep -q ': written' seen-3.46.1.0
