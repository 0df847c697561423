# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody does to a project in QGIS: qgis_beside.py p.gpkg. Splits one glacier, renames one, removes one, by the
calls that QGIS' own tools make; prints how the layer looks when it is opened. Exit code 1 where QGIS did not do it."""

import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
from qgis.core import QgsApplication, QgsPointXY, QgsVectorLayer  # noqa: E402


def main():
    application = QgsApplication([], False)
    application.initQgis()
    layer = QgsVectorLayer(sys.argv[1] + "|layername=inventory", "inventory", "ogr")
    if not layer.isValid():
        return f"QGIS cannot read {sys.argv[1]}"
    renderer = layer.renderer()
    if renderer.type() != "RuleRenderer":
        return f"the layer opens as {renderer.type()}"
    labels = [rule.label() for rule in renderer.rootRule().children()]
    if labels != ["accepted", "doubtful", "no glacier", "not reviewed"]:
        return f"the layer shows {labels}"
    if not layer.startEditing():
        return "QGIS cannot edit the layer"
    features = sorted(layer.getFeatures(), key=lambda each: each.geometry().area(), reverse=True)
    if len(features) < 3:
        return "three glaciers are needed"
    box = features[0].geometry().boundingBox()
    middle = box.center().x()
    line = [QgsPointXY(middle, box.yMinimum() - 100), QgsPointXY(middle, box.yMaximum() + 100)]
    before = layer.featureCount()
    layer.selectByIds([features[0].id()])
    if layer.splitFeatures(line) != 0:
        return "QGIS did not split the glacier"
    layer.changeAttributeValue(features[1].id(), layer.fields().indexOf("name"), "Named in QGIS")
    layer.deleteFeature(features[2].id())
    if not layer.commitChanges():
        return "QGIS did not save: " + "; ".join(layer.commitErrors())
    uuids = [feature["uuid"] for feature in QgsVectorLayer(layer.source(), "again", "ogr").getFeatures()]
    print(f"{before} features before, {len(uuids)} after; UUIDs {uuids}")
    return None


why = main()
print(why or "done")
sys.stdout.flush()
os._exit(1 if why else 0)  # without a window QGIS does not always come to its end
