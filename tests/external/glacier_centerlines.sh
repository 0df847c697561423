#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# GLIMS-RGI's glacier-centerlines runs on an RGI 7 export as it is. The package asks for exactly the versions of its day, which
# Python 3.11 has no more: it is installed without what it asks for, beside the last ones that it runs with.
. "$(dirname "$0")/common.sh"
data=$NUNATAK_TESTS/../../shared/data
[ -f "$data/oetztal/rgi_oetztal.shp" ] || not_run "the real data (oetztal) are not beside this checkout"
/usr/bin/python3 -c 'from osgeo import gdal' 2>/dev/null || not_run "python3-gdal is not installed"
python_with centerlines numpy==1.23.5 scipy==1.10.1 salem==0.3.9 shapely==1.8.5.post1 rioxarray==0.15.0 geopandas==0.14.4 \
    fiona==1.9.6 scikit-image==0.20.0 pandas==1.5.3 xarray==2023.1.0 netCDF4==1.6.4 pyproj==3.6.1 rasterio==1.3.9 \
    tables==3.8.0 configobj requests setuptools==68.0.0 wheel==0.45.1 --alone oggm==1.5.3 glacier_centerlines==0.5.5
cd "$work" || exit 1
must simulate --out demo --seed 1 --size 128 128
must project create p.gpkg --scene demo/scene.json --crs EPSG:32632
must import p.gpkg --outlines "$data/oetztal/rgi_oetztal.shp" --layer oetztal
must export p.gpkg --layer oetztal --schema rgi7-g --elevation "$data/oetztal/srtm_90m.tif" --out rgi7.shp
"$python" -W ignore "$NUNATAK_TESTS/external/centerline_reads.py" rgi7.shp "$data/oetztal/rgi_oetztal.shp" "$data/oetztal/srtm_90m.tif" "$work" \
    2>"$work/log.txt" || { tail -n 3 "$work/log.txt"; exit 1; }
