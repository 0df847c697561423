# SPDX-License-Identifier: GPL-3.0-or-later
"""The centre lines that GLIMS-RGI's glacier-centerlines draws on an RGI 7 export, and on the file that was imported.

    centerline_reads.py export.shp imported.shp elevation.tif folder

The package wants heights in metres on a grid in metres, which are made here for each glacier. Exit code 1, with a line,
where it draws others on the export than on the file that the outlines come from.
"""

import contextlib
import io
import os
import sys
import warnings

sys.path.append("/usr/lib/python3/dist-packages")  # GDAL's own bindings: they are built with the library
sys.modules["matplotlib"] = None  # salem fetches pictures of the Earth where it can draw them
warnings.simplefilter("ignore")

import geopandas as gpd  # noqa: E402
import numpy as np  # noqa: E402
from oggm import cfg  # noqa: E402

cfg.initialize_minimal(logging_level="ERROR")

from glacier_centerlines.centerlines_rgi import get_centerlines_rgi  # noqa: E402
from osgeo import gdal  # noqa: E402

gdal.UseExceptions()


def longest(glaciers, i, dem):
    """In metres; None where the package finds no way from a head to the terminus."""
    outline = glaciers.iloc[[i]].reset_index(drop=True)
    with contextlib.redirect_stdout(io.StringIO()) as said:
        try:
            lines = get_centerlines_rgi(dem, outline).geometry
        except IndexError:
            lines = []
    if len(lines) == 0 and "problem when computing the least-cost route" not in said.getvalue():
        print(f"glacier {i + 1} gets no line:", said.getvalue().replace("\n", " "))
        sys.exit(1)
    return max((line.length for part in lines for line in getattr(part, "geoms", [part])), default=None)


export, imported = gpd.read_file(sys.argv[1]), gpd.read_file(sys.argv[2])
ours, theirs, differences = [], [], []
for i, glacier in export.iterrows():
    crs = f"EPSG:{32600 + int(glacier.utm_zone)}"
    pixel = min(100, int(np.rint(14 * np.sqrt(glacier.area_km2) + 10)))  # OGGM's and the RGI's
    dem = os.path.join(sys.argv[4], "dem.tif")
    bounds = np.round(imported.iloc[[i]].to_crs(crs).buffer(500).total_bounds / pixel) * pixel
    gdal.Warp(dem, sys.argv[3], dstSRS=crs, outputBounds=list(bounds), xRes=pixel, yRes=pixel, resampleAlg="cubic",
              outputType=gdal.GDT_Float32)
    ours.append(longest(export, i, dem))
    theirs.append(longest(imported, i, dem))
    if ours[-1] is not None:
        differences.append(100 * abs(glacier.lmax_m - ours[-1]) / ours[-1])
drawn = sum(length is not None for length in ours)
print(f"glacier-centerlines drew lines on {drawn} of {len(export)} glaciers, and on as many of the file they come from; "
      f"half of the longest are within {np.median(differences):.1f} % of lmax_m")
for i, (a, b) in enumerate(zip(ours, theirs)):
    if (a is None) != (b is None) or (a is not None and abs(a - b) > 0.01 * b):
        print(f"glacier {i + 1}: {a} m on the export, {b} m on the file it comes from")
        sys.exit(1)
if drawn < 0.75 * len(export):  # where it finds no way it finds none on the file they come from either
    print("that is too few")
    sys.exit(1)
