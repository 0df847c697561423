# SPDX-License-Identifier: GPL-3.0-or-later
# A scene of one tile of the starter model on flat ground, and what a network is given of it as plain floats.
import json
import sys

import numpy as np
from osgeo import gdal, osr

gdal.UseExceptions()
side = 64


def write(name, bands, values):
    place = osr.SpatialReference()
    place.ImportFromEPSG(32632)
    file = gdal.GetDriverByName("GTiff").Create(name, side, side, len(bands), gdal.GDT_Float32)
    file.SetGeoTransform((600000, 30, 0, 5200000, 0, -30))
    file.SetSpatialRef(place)
    for i, band in enumerate(bands):
        file.GetRasterBand(i + 1).SetDescription(band)
        file.GetRasterBand(i + 1).WriteRaster(0, 0, side, side, values[i].astype("f4").tobytes())


if sys.argv[1] == "write":
    names = ["blue", "green", "red", "nir", "swir1", "swir2"]
    ramp = np.linspace(0, 1, side)
    optical = np.stack([0.1 + 0.5 * np.outer(ramp, ramp) * (6 - i) / 6 for i in range(6)]).astype("f4")
    optical += np.random.default_rng(1).uniform(0, 0.05, optical.shape).astype("f4")
    elevation = np.full((1, side, side), 3000, "f4")
    write("optical.tif", names, optical)
    write("elevation.tif", ["elevation"], elevation)
    rasters = [{"feature": "optical", "file": "optical.tif", "bands": names},
               {"feature": "dem", "file": "elevation.tif", "bands": ["elevation"]}]
    json.dump({"format": "nunatak-scene", "version": 1, "name": "a tile", "rasters": rasters}, open("scene.json", "w"))
    slope = np.zeros((1, side, side), "f4")
    np.concatenate([optical, elevation / 6000, slope]).astype("f4").tofile("features.bin")
else:
    raster = gdal.Open(sys.argv[2])  # a band does not keep its dataset
    pixels = raster.GetRasterBand(1).ReadRaster(0, 0, side, side, buf_type=gdal.GDT_Float32)
    with open("probability.bin", "wb") as file:
        file.write(pixels)
