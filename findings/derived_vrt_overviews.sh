#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A virtual raster (VRT) whose band is made by a pixel function, such as backscatter in dB that becomes power (dB2pow),
# is read right at full size. Read smaller, as every preview and every coarse level of detail is, it uses the
# overviews of the file behind it, and the function is not what comes out: in GDAL 3.5.3 the pixels are all 0, in
# 3.9.3 they are the file's dB, called power. Nothing is said either time.
# What it means: a converting VRT over a file with overviews must not be read at a reduced size; hide the overviews
# (OVERVIEW_LEVEL=NONE) or convert after reading, where averaging the stored numbers is right.
. "$(dirname "$0")/common.sh"

cat >read.py <<'PY'
import numpy
import rasterio
from rasterio.enums import Resampling

decibels = numpy.full((256, 256), -10, "f4")
with rasterio.open("db.tif", "w", driver="GTiff", width=256, height=256, count=1, dtype="float32") as file:
    file.write(decibels, 1)
with rasterio.open("db.tif", "r+") as file:
    file.build_overviews([2, 4], Resampling.average)
with open("power.vrt", "w") as file:
    file.write('<VRTDataset rasterXSize="256" rasterYSize="256"><VRTRasterBand dataType="Float32" band="1" '
               'subClass="VRTDerivedRasterBand"><PixelFunctionType>dB2pow</PixelFunctionType><SimpleSource>'
               '<SourceFilename relativeToVRT="1">db.tif</SourceFilename><SourceBand>1</SourceBand>'
               '</SimpleSource></VRTRasterBand></VRTDataset>')
with rasterio.open("power.vrt") as file:
    print(f"GDAL {rasterio.__gdal_version__}: power {file.read(1).mean():.3f} at full size, "
          f"{file.read(1, out_shape=(64, 64)).mean():.3f} at a quarter of it")
PY
for version in 1.3.6 1.4.3; do
    pip_install "env-$version" "rasterio==$version" 'numpy<2'
    "env-$version/bin/python" -W ignore read.py | tee "seen-$version"
done
as_described "GDAL 3.5.3 gives 0 instead of 0.1" grep -q '3.5.3: power 0.100 at full size, 0.000 ' seen-1.3.6
as_described "GDAL 3.9.3 gives the dB instead of 0.1" grep -q '3.9.3: power 0.100 at full size, -10.000 ' seen-1.4.3
