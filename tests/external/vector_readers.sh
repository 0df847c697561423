#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What we export, as geopandas (by pyogrio) and QGIS 3.22 read it: the same features, areas and holes in every format.
. "$(dirname "$0")/common.sh"
data=$NUNATAK_TESTS/../../shared/data
[ -f "$data/iceland_divides/RGI6_icecap.shp" ] || not_run "the real data (iceland_divides) are not beside this checkout"
QT_QPA_PLATFORM=offscreen /usr/bin/python3 -c 'import qgis.core' 2>/dev/null || not_run "python3-qgis is not installed"
python_with readers geopandas==1.2.0 pyogrio==0.13.0 shapely==2.2.0 pyproj==3.7.2 numpy==2.4.6 pandas==3.1.1
cd "$work" || exit 1
must simulate --out demo --seed 1 --size 128 128
must project create p.gpkg --scene demo/scene.json --crs EPSG:32627
must import p.gpkg --outlines "$data/iceland_divides/RGI6_icecap.shp" --layer ice
for file in plain.gpkg plain.shp plain.fgb plain.geojson plain.kml; do
    must export p.gpkg --layer ice --out $file
done
must export p.gpkg --layer ice --schema rgi7-g --out rgi7.shp
must export p.gpkg --layer ice --schema rgi6 --out rgi6.gpkg
files="plain.gpkg plain.shp plain.fgb plain.geojson plain.kml rgi7.shp rgi6.gpkg"
"$python" -W ignore "$NUNATAK_TESTS/external/count_features.py" geopandas $files >theirs.txt 2>log.txt ||
    fail "geopandas: $(tail -n 1 log.txt)"
QT_QPA_PLATFORM=offscreen /usr/bin/python3 -W ignore "$NUNATAK_TESTS/external/count_features.py" qgis $files >qgis.txt 2>log.txt ||
    fail "QGIS: $(tail -n 1 log.txt)"
cat theirs.txt
diff theirs.txt qgis.txt || fail "geopandas and QGIS read different things"
[ "$(cut -d' ' -f2- theirs.txt | sort -u | wc -l)" = 1 ] || fail "the formats do not hold the same"
