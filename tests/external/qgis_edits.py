# SPDX-License-Identifier: GPL-3.0-or-later
"""The edits of tests/benchmarks/boundary_cost once more, by QGIS.

    qgis_edits.py inventory.gpkg edits.txt

edits.txt is what `boundary_cost inventory.gpkg --edits edits.txt` has written. Done is what QGIS' own tools do in a
layer that is edited with topological editing (its vertex tool, its reshape tool), by the same calls of its core, none
of them in Python itself, and without a window: nothing is drawn.

- move: the owners of the vertex found in the index of the layer (QgsPointLocator), their shapes copied and changed, put
  into the edit buffer (changeGeometry) as one command, and addTopologicalPoints() at the new place, which it does where
  the pointer snaps to another line.
- redraw: reshapeGeometry() of all features near the line, changeGeometry(), addTopologicalPoints() along it.
- deletion: deleteVertex() one after the other.

Prints milliseconds that the thread worked, medians, and how many times ours. QGIS does not look whether what comes out
is valid or overlaps. Exit code 1 where QGIS did not do it.
"""

import os
import statistics
import sys
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
from qgis.core import (  # noqa: E402
    Qgis,
    QgsApplication,
    QgsFeatureRequest,
    QgsGeometry,
    QgsLineString,
    QgsPoint,
    QgsPointLocator,
    QgsPointXY,
    QgsProject,
    QgsVectorLayer,
)


def worked():
    return time.thread_time() * 1e3


class Owners(QgsPointLocator.MatchFilter):
    """All vertices in one place."""

    def __init__(self):
        super().__init__()
        self.found = []

    def acceptMatch(self, match):
        self.found.append((match.featureId(), match.vertexIndex()))
        return True


def read(path):
    took, edits = {}, {}
    with open(path) as lines:
        for line in lines:
            kind, *rest = line.split()
            if kind == "took":
                took[rest[0]] = float(rest[1])
            else:
                numbers = [float(number) for number in rest]
                edits.setdefault(kind, []).append(list(zip(numbers[::2], numbers[1::2])))
    return took, edits


def fail(why):
    print(why)
    sys.exit(1)


def say(what, times, ours=None):
    median = statistics.median(times)
    print(f"{what:<60} {median:10.3f}" + (f"   {median / ours:8.0f} times ours" if ours else ""))


def move(layer, moves, ours):
    index = QgsPointLocator(layer)
    index.init()
    shapes = {}  # the vertex tool keeps them, too
    find, change, points, undo = [], [], [], []
    for start, end in moves:
        place = QgsPointXY(*start)
        target = QgsPointXY(*end)
        begin = worked()
        owners = Owners()
        index.nearestVertex(place, 0, owners)
        find.append(worked() - begin)
        if len(owners.found) < 2:
            fail(f"QGIS found {len(owners.found)} owners of the vertex at {start}")
        for fid, _ in owners.found:
            shapes.setdefault(fid, layer.getFeature(fid).geometry())
        begin = worked()
        changed = {}
        for fid, vertex in owners.found:
            changed[fid] = QgsGeometry(shapes[fid])
            changed[fid].moveVertex(target.x(), target.y(), vertex)
        layer.beginEditCommand("Moved vertex")
        for fid, shape in changed.items():
            layer.changeGeometry(fid, shape)
        layer.endEditCommand()
        change.append(worked() - begin)
        begin = worked()
        layer.addTopologicalPoints(QgsPoint(target))
        points.append(worked() - begin)
        for fid, vertex in owners.found:
            if QgsPointXY(layer.getFeature(fid).geometry().vertexAt(vertex)) != target:
                fail(f"QGIS did not move the vertex of feature {fid}")
        begin = worked()
        layer.undoStack().undo()
        undo.append(worked() - begin)
    say("QGIS, move: owners found at the press", find, ours)
    say("QGIS, move: shapes copied and put", change, ours)
    say("QGIS, move: topological points", points, ours)
    say("QGIS, undo of it", undo)
    say("QGIS, move of a shared vertex, all of it", [sum(each) for each in zip(find, change, points)], ours)


def redraw(layer, line, ours):
    stroke = QgsLineString([QgsPoint(*point) for point in line])
    begin = worked()
    done = 0
    layer.beginEditCommand("Reshape")
    request = QgsFeatureRequest().setFilterRect(stroke.boundingBox()).setNoAttributes()
    for feature in layer.getFeatures(request):
        shape = feature.geometry()
        if shape.reshapeGeometry(stroke) == 0:
            layer.changeGeometry(feature.id(), shape)
            done += 1
    shaped = worked() - begin
    layer.addTopologicalPoints(QgsGeometry(stroke.clone()))
    layer.endEditCommand()
    took = worked() - begin
    if done < 2:
        fail(f"QGIS reshaped {done} features")
    layer.undoStack().undo()
    say("QGIS, redraw without topological points", [shaped], ours)
    say("QGIS, redraw of 1,000 shared vertices, all of it", [took], ours)


def delete(layer, places, ours):
    fid = max(
        (feature for feature in layer.getFeatures()), key=lambda each: each.geometry().constGet().nCoordinates()
    ).id()
    shape = layer.getFeature(fid).geometry()
    wanted = set(places)
    vertices = [i for i, point in enumerate(shape.vertices()) if (point.x(), point.y()) in wanted]
    if len(vertices) != len(places):
        fail(f"QGIS found {len(vertices)} of {len(places)} vertices")
    begin = worked()
    layer.beginEditCommand("Deleted vertex")
    for vertex in reversed(vertices):
        layer.deleteVertex(fid, vertex)
    layer.endEditCommand()
    took = worked() - begin
    left = layer.getFeature(fid).geometry().constGet().nCoordinates()
    if left != shape.constGet().nCoordinates() - len(vertices):
        fail("QGIS did not delete the vertices")
    layer.undoStack().undo()
    say("QGIS, 10,000 vertices deleted", [took], ours)


def main():
    took, edits = read(sys.argv[2])
    application = QgsApplication([], False)
    application.initQgis()
    print(f"QGIS {Qgis.QGIS_VERSION}; ours: " + ", ".join(f"{what} {ms:.3f}" for what, ms in took.items()))
    layer = QgsVectorLayer(sys.argv[1], "inventory", "ogr")
    QgsProject.instance().addMapLayer(layer)
    QgsProject.instance().setTopologicalEditing(True)
    if not layer.isValid() or not layer.startEditing():
        fail(f"QGIS cannot edit {sys.argv[1]}")
    move(layer, edits["move"], took["move"])
    redraw(layer, edits["redraw"][0], took["redraw"])
    delete(layer, edits["delete"][0], took["delete"])
    layer.rollBack()


main()
sys.stdout.flush()
os._exit(0)  # without a window QGIS does not always come to its end
