# SPDX-License-Identifier: GPL-3.0-or-later
"""Features, holes and area of vector files, as one program reads them.

    count_features.py geopandas|qgis FILE …

A line for each file: name, features, holes, km² (in the cylindrical equal-area projection, to a hectare).
"""

import os
import sys


def by_geopandas(path):
    import geopandas as gpd

    shapes = gpd.read_file(path, engine="pyogrio").geometry
    polygons = shapes.explode()
    holes = sum(len(polygon.interiors) for polygon in polygons)
    return len(shapes), holes, shapes.to_crs("ESRI:54034").area.sum()


def by_qgis(path):
    from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsProject, QgsVectorLayer

    layer = QgsVectorLayer(path, "layer", "ogr")
    if not layer.isValid():
        raise SystemExit(f"{path} is no layer")
    plane = QgsCoordinateTransform(layer.crs(), QgsCoordinateReferenceSystem("ESRI:54034"), QgsProject.instance())
    count, holes, area = 0, 0, 0.0
    for feature in layer.getFeatures():
        shape = feature.geometry()
        polygons = shape.asMultiPolygon() if shape.isMultipart() else [shape.asPolygon()]
        holes += sum(len(polygon) - 1 for polygon in polygons)
        shape.transform(plane)
        area += shape.area()
        count += 1
    return count, holes, area


def main():
    reads = by_geopandas if sys.argv[1] == "geopandas" else by_qgis
    if reads is by_qgis:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        from qgis.core import QgsApplication

        application = QgsApplication([], False)
        application.initQgis()
    for path in sys.argv[2:]:
        count, holes, area = reads(path)
        print(f"{path} {count} {holes} {area / 1e6:.2f}")
    sys.stdout.flush()
    os._exit(0)  # without a window QGIS does not always come to its end


main()
