#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A glacier is split in QGIS (Debian 12: 3.22.16+dfsg-1) in a GeoPackage whose column of ids has a unique index. One
# expects the copied id to be refused at saving, or to come out empty, to be filled in. QGIS saves without a word, and
# the second part has an id that nobody gave: the first one with "_1" behind it, which is no UUID and longer than one.
# Without the index both parts have the same id.
# What it means: a unique index does not find the splits of others. Look for ids that are no ids, cut the ending off to
# learn which glacier it was, and give a new one.
. "$(dirname "$0")/common.sh"

command -v apt-get >/dev/null || not_run "this is about Debian packages"
mkdir -p archives/partial root
: >nothing_installed
apt-get install -y -q --no-install-recommends --download-only -o Dir::State::status="$work/nothing_installed" \
    -o Dir::Cache::archives="$work/archives" -o Debug::NoLocking=1 python3-qgis=3.22.16+dfsg-1 >apt.txt 2>&1 ||
    not_run "python3-qgis could not be fetched"
for package in archives/*.deb; do
    dpkg-deb -x "$package" root || not_run "$package could not be unpacked"
done
rm -rf archives
installed=$work/root/usr
libraries=$installed/lib/$(dpkg-architecture -qDEB_HOST_MULTIARCH 2>/dev/null || echo x86_64-linux-gnu)

cat >split.py <<'PY'
import os
import sqlite3
import sys

from osgeo import ogr
from qgis.core import QgsApplication, QgsPointXY, QgsVectorLayer

root = sys.argv[1]
QgsApplication.setPrefixPath(root + "/usr", True)
application = QgsApplication([], False)
application.initQgis()
for kind in ("unique", "plain"):
    path = kind + ".gpkg"
    made = ogr.GetDriverByName("GPKG").CreateDataSource(path)
    layer = made.CreateLayer("glaciers", geom_type=ogr.wkbPolygon)
    layer.CreateField(ogr.FieldDefn("id", ogr.OFTString))
    glacier = ogr.Feature(layer.GetLayerDefn())
    glacier["id"] = "2f9d4c1e-5f0b-4d0a-9a43-7c1f6f0d2b11"
    glacier.SetGeometry(ogr.CreateGeometryFromWkt("POLYGON ((0 0, 900 0, 900 600, 0 600, 0 0))"))
    layer.CreateFeature(glacier)
    glacier = layer = made = None
    if kind == "unique":
        with sqlite3.connect(path) as file:
            file.execute("CREATE UNIQUE INDEX ids ON glaciers (id)")
    layer = QgsVectorLayer(path + "|layername=glaciers", "glaciers", "ogr")
    layer.startEditing()
    split = layer.splitFeatures([QgsPointXY(400, -50), QgsPointXY(400, 650)])
    saved = layer.commitChanges()
    ids = [feature["id"] for feature in QgsVectorLayer(path + "|layername=glaciers", "again", "ogr").getFeatures()]
    print(kind, int(split), saved, *ids, flush=True)
os._exit(0)  # without a window QGIS does not always come to its end
PY
export QT_QPA_PLATFORM=offscreen XDG_RUNTIME_DIR=$work HOME=$work
LD_LIBRARY_PATH=$libraries:$libraries/blas:$libraries/lapack:$installed/lib PYTHONPATH=$installed/lib/python3/dist-packages \
    PROJ_LIB=$installed/share/proj GDAL_DATA=$installed/share/gdal \
    "$installed/bin/python3.11" split.py "$work/root" 2>errors.txt | tee seen
[ -s seen ] || not_run "QGIS did not start: $(tail -n 1 errors.txt)"
id=2f9d4c1e-5f0b-4d0a-9a43-7c1f6f0d2b11
as_described "with a unique index the second part's id ends in _1" grep -qx "unique 0 True $id ${id}_1" seen
as_described "without it both parts have one id" grep -qx "plain 0 True $id $id" seen
