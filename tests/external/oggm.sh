#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# OGGM makes glacier directories from an RGI 7 export as it is, runs its masks and centre lines on them, and measures on
# the same elevation model what we have measured; columns and types are those of the RGI's own file.
. "$(dirname "$0")/common.sh"
data=$NUNATAK_TESTS/../../shared/data
[ -f "$data/oetztal/rgi_oetztal.shp" ] || not_run "the real data (oetztal) are not beside this checkout"
python_with oggm oggm==1.6.3 salem==0.3.11 geopandas==1.2.0 pyogrio==0.13.0 shapely==2.2.0 pyproj==3.7.2 rasterio==1.4.4 \
    numpy==2.4.6 pandas==3.1.1 xarray==2026.9.0 netCDF4==1.7.5.1.post1 scipy==1.17.1 scikit-image==0.26.0
cd "$work" || exit 1
must simulate --out demo --seed 1 --size 128 128
must project create p.gpkg --scene demo/scene.json --crs EPSG:32632
must import p.gpkg --outlines "$data/oetztal/rgi_oetztal.shp" --layer oetztal
must export p.gpkg --layer oetztal --schema rgi7-g --elevation "$data/oetztal/srtm_90m.tif" --out rgi7.shp
"$python" -W ignore "$NUNATAK_TESTS/external/oggm_reads.py" rgi7.shp "$data/oetztal/srtm_90m.tif" "$work/oggm" \
    "$data/rgi7_hintereisferner/rgi7g_hef.shp" 2>"$work/log.txt" || { tail -n 3 "$work/log.txt"; exit 1; }
