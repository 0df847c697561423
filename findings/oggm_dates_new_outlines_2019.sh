#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Outlines of pictures of 2020 and later are given to OGGM 1.6.3. One expects each glacier to keep the year of its
# picture. All of them are of 2019 from then on: what is modelled from the outline's year on begins there, and two dates
# of a glacier after that are one. A warning is written, which is easily lost among those of a run.
# What it means: outlines that are exact to a year are dated by the file they came from, not by what OGGM wrote of them.
. "$(dirname "$0")/common.sh"

pip_install env oggm==1.6.3 salem==0.3.11 geopandas==1.2.0 pyogrio==0.13.0 shapely==2.2.0 pyproj==3.7.2 rasterio==1.4.4 \
    numpy==2.4.6 pandas==3.1.1 xarray==2026.9.0 netCDF4==1.7.5.1.post1 scipy==1.17.1 scikit-image==0.26.0
cat >dates.py <<'PY'
import sys

sys.modules["matplotlib"] = None  # salem fetches pictures of the Earth where it can draw them

import geopandas as gpd
import pandas as pd
from oggm import cfg
from oggm.utils import GlacierDirectory, _workflow
from shapely.geometry import box

cfg.initialize_minimal(logging_level="ERROR")
cfg.PATHS["working_dir"] = "oggm"
cfg.PARAMS["use_multiprocessing"] = False
cfg.PARAMS["use_intersects"] = False
names = pd.Series({number: f"Region {number}" for number in range(1, 21)})  # else it fetches them
_workflow.parse_rgi_meta = lambda version=None: (names, pd.Series(dtype=str))
for year in (2018, 2020, 2024):
    columns = {
        "RGIId": "RGI60-11.00042", "GLIMSId": "G010800E46800N", "O1Region": "11", "O2Region": "1", "CenLon": 10.8,
        "CenLat": 46.8, "Area": 4.7, "BgnDate": f"{year}0901", "Name": "Testferner", "Form": 0, "TermType": 0, "Status": 0,
    }
    layer = gpd.GeoDataFrame([columns], geometry=[box(10.78, 46.79, 10.82, 46.81)], crs="EPSG:4326")
    print(year, GlacierDirectory(layer.iloc[0], reset=True).rgi_date)
PY
env/bin/python -W ignore dates.py 2>errors.txt | tee seen
[ -s seen ] || not_run "OGGM did not run: $(tail -n 1 errors.txt)"
as_described "2018 stays" grep -qx "2018 2018" seen
as_described "2020 becomes 2019" grep -qx "2020 2019" seen
as_described "2024 becomes 2019" grep -qx "2024 2019" seen
