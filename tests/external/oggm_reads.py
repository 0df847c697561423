# SPDX-License-Identifier: GPL-3.0-or-later
"""What OGGM makes of an RGI 7 export, and what it measures itself.

    oggm_reads.py export.shp elevation.tif folder rgi7.shp

Nothing is downloaded: names of regions, which OGGM fetches, are made up here, and its list of neighbours that share
divides is not used. The file is read as it is. Exit code 1, with a line, where something is not as it should be.
"""

import sys

sys.modules["matplotlib"] = None  # salem fetches pictures of the Earth where it can draw them

import geopandas as gpd  # noqa: E402
import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
from oggm import cfg, tasks, workflow  # noqa: E402
from oggm.utils import _workflow  # noqa: E402


def fail(why):
    print(why)
    sys.exit(1)


def compare_columns(export, own):
    for name, ours, theirs in zip(own.columns, export.columns, own.columns):
        if ours != theirs:
            fail(f"column {theirs} of the RGI is {ours} here")
        if export[name].dtype != own[name].dtype:
            fail(f"{name} is {export[name].dtype} here and {own[name].dtype} in the RGI's file")
    if len(export.columns) != len(own.columns):
        fail(f"{len(export.columns)} columns, {len(own.columns)} in the RGI's file")


def directories(export, elevation, folder):
    cfg.initialize_minimal(logging_level="WARNING")
    cfg.PATHS["working_dir"] = folder
    cfg.PATHS["dem_file"] = elevation
    cfg.PARAMS["use_multiprocessing"] = False
    cfg.PARAMS["use_intersects"] = False
    cfg.PARAMS["dmax"] = 100.0  # the RGI's
    cfg.PARAMS["map_proj"] = "utm"  # as the RGI; its north is the grid's
    cfg.PARAMS["border"] = 20
    regions = pd.Series({number: f"Region {number}" for number in range(1, 21)})
    _workflow.parse_rgi_meta = lambda version=None: (regions, pd.Series(dtype=str))
    made = workflow.init_glacier_directories(export, reset=True, force=True)
    workflow.execute_entity_task(tasks.define_glacier_region, made, source="USER")
    for task in (tasks.simple_glacier_masks, tasks.glacier_masks, tasks.compute_centerlines, tasks.rasterio_glacier_mask):
        workflow.execute_entity_task(task, made)
    workflow.execute_entity_task(tasks.rasterio_glacier_mask, made, no_nunataks=True)
    for task in (tasks.rasterio_glacier_exterior_mask, tasks.compute_hypsometry_attributes):
        workflow.execute_entity_task(task, made)
    return made


def turned(a, b):
    return abs((a - b + 180) % 360 - 180)


def main():
    export, own = gpd.read_file(sys.argv[1]), gpd.read_file(sys.argv[4])
    compare_columns(export, own)
    made = directories(export, sys.argv[2], sys.argv[3])
    if len(made) != len(export):
        fail(f"OGGM made {len(made)} directories of {len(export)} glaciers")
    worst = {}
    sectors = 0
    for (_, ours), gdir in zip(export.iterrows(), made):
        if gdir.rgi_version != "70G":
            fail(f"OGGM takes {ours.rgi_id} for {gdir.rgi_version}")
        theirs = pd.read_csv(gdir.get_filepath("hypsometry")).iloc[0]
        length = np.max(gdir.read_pickle("centerlines")[-1].dis_on_line) * gdir.grid.dx
        differences = {name: abs(ours[name] - theirs[name]) for name in ("zmin_m", "zmax_m", "zmed_m", "zmean_m", "slope_deg")}
        differences["aspect_deg"] = turned(ours.aspect_deg, theirs.aspect_deg)
        differences["lmax_m in %"] = 100 * abs(ours.lmax_m - length) / length
        differences["termlon, termlat in pixels"] = (
            np.hypot((ours.termlon - theirs.terminus_lon) * np.cos(np.radians(ours.termlat)), ours.termlat - theirs.terminus_lat)
            * 111320 / gdir.grid.dx
        )
        sectors += int(ours.aspect_sec != theirs.aspect_sec)
        for name, difference in differences.items():
            worst.setdefault(name, []).append(difference)
    # OGGM keeps the whole metres of an elevation model of whole numbers.
    limits = {"zmin_m": 1, "zmax_m": 1, "zmed_m": 1, "zmean_m": 0.5, "slope_deg": 0.05, "aspect_deg": 0.5, "lmax_m in %": 5}
    print(f"OGGM made directories, masks and centre lines of {len(made)} glaciers; largest (and median) differences:")
    for name, found in worst.items():
        print(f"  {name:<28} {max(found):8.3f} ({np.median(found):.3f})")
    for name, limit in limits.items():
        if not max(worst[name]) <= limit:
            fail(f"{name} differs by {max(worst[name]):.3f} from what OGGM measures")
    if sectors > 0:
        fail(f"{sectors} aspect sectors are others")


main()
