#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Elevation models from many sources hold voids as -9999 without declaring it. In a virtual raster (VRT) a source can be
# given that number (<NODATA> of a ComplexSource), and one expects its pixels to be left out. Where the source is also
# resampled (bilinear, from 60 m to 30 m here), they are not: the number is averaged with its neighbours first and
# compared afterwards, so the void becomes smaller and gets a rim of heights between -9999 and the ground's, which
# nothing marks as void. With the number declared in the file itself the same resampling leaves no such rim.
# What it means: tiles with undeclared voids must not be joined by a resampling VRT; mask first (declare it in the
# file, or through a VRT of the file at its own size), resample then.
. "$(dirname "$0")/common.sh"

cat >read.py <<'PY'
import sys

import numpy
import rasterio
from rasterio.transform import from_origin

heights = numpy.full((40, 40), 1000, "i2")
heights[15:25, 15:25] = -9999
for name, declared in (("undeclared", None), ("declared", -9999)):
    with rasterio.open(f"{name}.tif", "w", driver="GTiff", width=40, height=40, count=1, dtype="int16",
                       crs="EPSG:32632", transform=from_origin(0, 0, 60, 60), nodata=declared) as file:
        file.write(heights, 1)
    with open(f"{name}.vrt", "w") as file:
        file.write('<VRTDataset rasterXSize="80" rasterYSize="80"><VRTRasterBand dataType="Int16" band="1">'
                   '<NoDataValue>-9999</NoDataValue><ComplexSource resampling="bilinear">'
                   f'<SourceFilename relativeToVRT="1">{name}.tif</SourceFilename><SourceBand>1</SourceBand>'
                   '<SrcRect xOff="0" yOff="0" xSize="40" ySize="40"/>'
                   '<DstRect xOff="0" yOff="0" xSize="80" ySize="80"/><NODATA>-9999</NODATA>'
                   '</ComplexSource></VRTRasterBand></VRTDataset>')
    with rasterio.open(f"{name}.vrt") as file:
        seen = file.read(1)
    rim = seen[(seen != 1000) & (seen != -9999)]
    print(f"GDAL {rasterio.__gdal_version__}, {name}: {rim.size} pixels of the rim"
          + (f", {rim.min()} to {rim.max()} m" if rim.size else ""))
PY
for version in 1.3.6 1.4.3; do
    pip_install "env-$version" "rasterio==$version" 'numpy<2'
    "env-$version/bin/python" -W ignore read.py | tee "seen-$version"
    as_described "rasterio $version: the number of <NODATA> is averaged into heights" \
        grep -qE ' undeclared: [1-9][0-9]* pixels of the rim, -[0-9]+ to' "seen-$version"
    as_described "rasterio $version: not where the file declares it" grep -q ' declared: 0 pixels' "seen-$version"
done
