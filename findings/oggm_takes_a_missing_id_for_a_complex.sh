#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A glacier with the columns of RGI 7's glacier product but for glims_id, which new outlines do not have yet, is given to
# OGGM 1.6.3. One expects a glacier without that id, or a complaint. It becomes a complex of the other product (RGI 7.0C):
# its name is dropped, and so is its terminus; a marine-terminating glacier is none any more, and will not calve.
# Nothing is said.
# What it means: write glims_id for every glacier, empty if need be (an empty one is fine).
. "$(dirname "$0")/common.sh"

pip_install env oggm==1.6.3 salem==0.3.11 geopandas==1.2.0 pyogrio==0.13.0 shapely==2.2.0 pyproj==3.7.2 rasterio==1.4.4 \
    numpy==2.4.6 pandas==3.1.1 xarray==2026.9.0 netCDF4==1.7.5.1.post1 scipy==1.17.1 scikit-image==0.26.0
cat >glacier.py <<'PY'
import sys

sys.modules["matplotlib"] = None  # salem fetches pictures of the Earth where it can draw them

import geopandas as gpd
import pandas as pd
from oggm import cfg
from oggm.utils import GlacierDirectory, _workflow
from shapely.geometry import box

cfg.initialize_minimal(logging_level="WARNING")
cfg.PATHS["working_dir"] = "oggm"
cfg.PARAMS["use_multiprocessing"] = False
cfg.PARAMS["use_intersects"] = False
names = pd.Series({number: f"Region {number}" for number in range(1, 21)})  # else it fetches them
_workflow.parse_rgi_meta = lambda version=None: (names, pd.Series(dtype=str))
columns = {
    "rgi_id": "RGI2000-v7.0-G-07-00042", "glims_id": "", "o1region": "07", "o2region": "07-01", "cenlon": 16.1,
    "cenlat": 78.1, "area_km2": 4.7, "src_date": "2008-08-01T00:00:00", "glac_name": "Testbreen", "term_type": 1,
    "dem_source": "COPDEM30", "utm_zone": 33, "termlon": 16.1, "termlat": 78.09,
}
for left_out in ([], ["glims_id"]):
    kept = {name: value for name, value in columns.items() if name not in left_out}
    layer = gpd.GeoDataFrame([kept], geometry=[box(16.05, 78.09, 16.15, 78.11)], crs="EPSG:4326")
    glacier = GlacierDirectory(layer.iloc[0], reset=True)
    print("without glims_id" if left_out else "with an empty glims_id", glacier.rgi_version, glacier.glacier_type,
          repr(glacier.name), glacier.terminus_type, glacier.is_tidewater, sep="; ")
PY
env/bin/python -W ignore glacier.py 2>errors.txt | tee seen
[ -s seen ] || not_run "OGGM did not run: $(tail -n 1 errors.txt)"
as_described "an empty glims_id is a glacier with its name and terminus" \
    grep -qx "with an empty glims_id; 70G; Glacier; 'Testbreen'; Marine-terminating; True" seen
as_described "none makes it a complex without name and terminus" \
    grep -qx "without glims_id; 70C; Glacier complex; ''; Not assigned; False" seen
as_described "nothing is said of it" sh -c '! grep -v "oggm.cfg: " errors.txt'
