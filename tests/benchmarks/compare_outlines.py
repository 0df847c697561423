#!/usr/bin/env python3
"""What comparing two inventories by their exact shapes takes: a file of outlines against a copy shifted by 30 m.

usage: compare_outlines.py PATH/TO/nunatak-cli INVENTORY.gpkg [copies ...]

INVENTORY.gpkg is in a projected system; Debian's python3-gdal writes the copies. `copies` are shares of the inventory
or multiples of it, set beside each other (0.1 1 10), to see how the time grows. Prints a line each: glaciers, seconds,
seconds per glacier and doubling, MiB.
"""
import math
import os
import subprocess
import sys
import tempfile
import time

from osgeo import ogr

ogr.UseExceptions()


def moved(geometry, dx, dy):
    copy = geometry.Clone()
    for part in range(copy.GetGeometryCount()):
        polygon = copy.GetGeometryRef(part)
        for number in range(polygon.GetGeometryCount()):
            ring = polygon.GetGeometryRef(number)
            for i in range(ring.GetPointCount()):
                x, y, _ = ring.GetPoint(i)
                ring.SetPoint_2D(i, x + dx, y + dy)
    return copy


def write(source, target, copies, shift):
    opened = ogr.Open(source)  # kept: its layer lives no longer
    layer = opened.GetLayer(0)
    features = [(f.GetFID(), f.GetGeometryRef().Clone()) for f in layer]
    features = features[: int(len(features) * min(1, copies))]
    _, _, south, north = layer.GetExtent()
    height = 1.01 * (north - south)
    made = ogr.GetDriverByName("GPKG").CreateDataSource(target)
    out = made.CreateLayer("glaciers", layer.GetSpatialRef(), ogr.wkbMultiPolygon)
    out.CreateField(ogr.FieldDefn("rgi_id", ogr.OFTString))
    out.StartTransaction()
    count = 0
    for copy in range(max(1, int(copies))):
        # Beside each other to the south and to the north.
        for number, geometry in features:
            feature = ogr.Feature(out.GetLayerDefn())
            feature.SetField("rgi_id", f"{copy}-{number}")
            feature.SetGeometry(moved(geometry, shift, (copy - int(copies) // 2) * height))
            out.CreateFeature(feature)
            count += 1
    out.CommitTransaction()
    return count


def main():
    cli, inventory = sys.argv[1:3]
    for copies in [float(text) for text in sys.argv[3:]] or [1.0]:
        with tempfile.TemporaryDirectory() as folder:
            one = os.path.join(folder, "expert.gpkg")
            other = os.path.join(folder, "model.gpkg")
            count = write(inventory, one, copies, 0)
            write(inventory, other, copies, 30)
            begin = time.monotonic()
            child = subprocess.Popen([cli, "compare", "--outlines", other, one, "--out", os.path.join(folder, "report")],
                                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            _, status, usage = os.wait4(child.pid, 0)
            seconds = time.monotonic() - begin
            each = 1e3 * seconds / (count * math.log2(count))
            print(f"{count} glaciers: {seconds:.1f} s ({usage.ru_utime + usage.ru_stime:.1f} s of processors), "
                  f"{each:.4f} ms for each and doubling, {usage.ru_maxrss / 1024:.0f} MiB, exit code {os.waitstatus_to_exitcode(status)}",
                  flush=True)


if __name__ == "__main__":
    main()
