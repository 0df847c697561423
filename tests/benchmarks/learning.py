#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Does learning from corrections work? Corrects glaciers of a scene in a style that the model has not seen, fine-tunes,
and measures what became of the rest; then the same on real pictures.

    learning.py BUILD FOLDER mild hurts athabasca [--seeds N …] [--glaciers N …] [--size N] [--steps N]
        [--athabasca FOLDER]

BUILD holds bin/nunatak-cli. FOLDER gets scenes, projects and models; scenes in it are used again. What is printed is a
line per run: IoU of the untouched rest (everything but the corrected glaciers and 500 m around them) and of the whole
scene, and of a scene in the old style. --athabasca: the folder with the HLS bands (*_L30.tif, *_S30.tif), *_dem.tif and
*_outline.shp. Needs python3-gdal and numpy; docs/learning.md says what came of it.
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import time

import numpy
from osgeo import gdal, ogr

gdal.UseExceptions()
ogr.UseExceptions()

BANDS = ["blue", "green", "red", "nir", "swir1", "swir2"]


class Program:
    def __init__(self, build, models):
        self.path = pathlib.Path(build) / "bin" / "nunatak-cli"
        self.environment = dict(os.environ, NUNATAK_USER_MODELS=str(models))

    def __call__(self, *arguments):
        done = subprocess.run([str(self.path), *map(str, arguments)], env=self.environment, capture_output=True,
                              text=True)
        if done.returncode != 0:
            raise SystemExit(f"{arguments}: {done.stderr[-2000:]}")
        return done.stdout


def styled(kind, bands, seed):
    """Reflectance of six bands as another sensor in another light would have it."""
    random = numpy.random.default_rng(seed)
    if kind == "mild":
        gains = 1 + 0.12 * random.standard_normal(6)
        haze, noise = 0.03, 0.004
    else:
        gains = numpy.array([0.4, 0.4, 0.4, 0.4, 1.6, 1.6]) * (1 + 0.03 * random.standard_normal(6))
        haze, noise = 0.08, 0.01
    scattered = haze * numpy.array([1, 0.7, 0.45, 0.2, 0.05, 0.02])
    changed = bands * gains[:, None, None] + scattered[:, None, None]
    return changed + noise * random.standard_normal(bands.shape)


def scene_in_style(program, folder, kind, seed, size):
    original = folder / f"scene{seed}-{size}"
    if not (original / "scene.json").exists():
        program("simulate", "--out", original, "--seed", seed, "--size", size, size)
    changed = folder / f"scene{seed}-{size}-{kind}"
    if not (changed / "scene.json").exists():
        shutil.rmtree(changed, ignore_errors=True)
        shutil.copytree(original, changed)
        raster = gdal.Open(str(changed / "optical.tif"))
        bands = raster.ReadAsArray().astype(float)
        missing = bands == 65535
        stored = numpy.clip(styled(kind, bands * 1e-4, seed) / 1e-4, 0, 65534).round().astype(numpy.uint16)
        stored[missing] = 65535
        shape, projection, transform = bands.shape, raster.GetProjection(), raster.GetGeoTransform()
        raster = None
        (changed / "optical.tif").unlink()
        out = gdal.GetDriverByName("GTiff").Create(str(changed / "optical.tif"), shape[2], shape[1], 6,
                                                   gdal.GDT_UInt16, ["TILED=YES", "COMPRESS=DEFLATE"])
        out.SetProjection(projection)
        out.SetGeoTransform(transform)
        for number in range(6):
            band = out.GetRasterBand(number + 1)
            band.WriteArray(stored[number])
            band.SetNoDataValue(65535)
            band.SetScale(1e-4)
        out = None
    return original, changed


def like(raster):
    """An empty mask on the grid of a raster."""
    mask = gdal.GetDriverByName("MEM").Create("", raster.RasterXSize, raster.RasterYSize, 1, gdal.GDT_Byte)
    mask.SetProjection(raster.GetProjection())
    mask.SetGeoTransform(raster.GetGeoTransform())
    return mask


def drawn(shapes, raster):
    """Where the shapes (OGR geometries in the raster's system) lie."""
    mask = like(raster)
    source = ogr.GetDriverByName("Memory").CreateDataSource("")
    layer = source.CreateLayer("shapes")
    for shape in shapes:
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetGeometry(shape)
        layer.CreateFeature(feature)
    gdal.RasterizeLayer(mask, [1], layer, burn_values=[1])
    return mask.ReadAsArray().astype(bool)


def shapes_of(file, layer=None):
    source = ogr.Open(str(file))
    table = source.GetLayerByName(layer) if layer else source.GetLayer(0)
    return [feature.GetGeometryRef().Clone() for feature in table if feature.GetGeometryRef() is not None]


def iou(found, truth, where):
    both = numpy.count_nonzero(found & truth & where)
    either = numpy.count_nonzero((found | truth) & where)
    return both / either if either else 1.0


def distance_to(mask, raster):
    """Metres from each pixel to the nearest one of a mask."""
    source = like(raster)
    source.GetRasterBand(1).WriteArray(mask.astype(numpy.uint8))
    driver = gdal.GetDriverByName("MEM")
    target = driver.Create("", raster.RasterXSize, raster.RasterYSize, 1, gdal.GDT_Float32)
    target.SetGeoTransform(raster.GetGeoTransform())
    gdal.ComputeProximity(source.GetRasterBand(1), target.GetRasterBand(1), ["VALUES=1", "DISTUNITS=GEO"])
    return target.ReadAsArray()


def edge(mask):
    """Pixels of a mask beside one that is not in it."""
    inner = mask.copy()
    inner[1:] &= mask[:-1]
    inner[:-1] &= mask[1:]
    inner[:, 1:] &= mask[:, :-1]
    inner[:, :-1] &= mask[:, 1:]
    return mask & ~inner


def boundary_distance(found, truth, where, raster):
    """Metres between two boundaries, the mean from each to the other."""
    ours, theirs = edge(found), edge(truth)
    if not (ours & where).any() or not (theirs & where).any():
        return float("nan")
    return (distance_to(theirs, raster)[ours & where].mean() + distance_to(ours, raster)[theirs & where].mean()) / 2


def predicted(program, scene, model, folder):
    out = folder / "prediction"
    program("predict", "--scene", scene / "scene.json", "--model", model, "--out", out, "--overwrite")
    raster = gdal.Open(str(scene / "optical.tif"))
    return drawn(shapes_of(out / "outlines.gpkg"), raster)


def band_ratio(program, scene, folder):
    out = folder / "ratio"
    program("band-ratio", "--scene", scene / "scene.json", "--out", out, "--overwrite")
    raster = gdal.Open(str(scene / "optical.tif"))
    return drawn(shapes_of(out / "outlines.gpkg"), raster)


def write_some(shapes, like_file, path):
    """Some outlines as a file of their own, in the system of another."""
    path.unlink(missing_ok=True)
    original = ogr.Open(str(like_file))
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    layer = source.CreateLayer("outlines", original.GetLayer(0).GetSpatialRef(), ogr.wkbMultiPolygon)
    for shape in shapes:
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetGeometry(ogr.ForceToMultiPolygon(shape))
        layer.CreateFeature(feature)
    source = None


def corrected_project(program, scene, folder, outlines):
    """A project with a prediction, and the oracle's outlines as an inventory that was looked at."""
    project = folder / "project.gpkg"
    for stale in folder.glob("project*"):
        shutil.rmtree(stale) if stale.is_dir() else stale.unlink()
    program("project", "create", project, "--scene", scene / "scene.json")
    program("predict", project)
    program("import", project, "--outlines", outlines, "--layer", "corrected", "--kind", "corrected")
    return project


class Kept:
    """What a model that does not change finds in a scene, kept beside it."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder

    def __call__(self, scene, name, find):
        path = scene / f"found-{name}.npy"
        if not path.exists():
            numpy.save(path, find(self.program, scene, self.folder))
        return numpy.load(path)


def style(program, folder, kind, seed, size, glaciers, steps, extra):
    original, scene = scene_in_style(program, folder, kind, seed, size)
    raster = gdal.Open(str(scene / "optical.tif"))
    truths = shapes_of(scene / "outlines.gpkg")
    truth = drawn(truths, raster)
    random = numpy.random.default_rng(seed)
    large = [shape for shape in truths if shape.GetArea() > 50000]
    chosen = [large[i] for i in random.permutation(len(large))[:glaciers]]
    rest = ~drawn([shape.Buffer(500) for shape in chosen], raster)
    write_some(chosen, scene / "outlines.gpkg", folder / "chosen.gpkg")
    kept = Kept(program, folder)

    def by(model):
        return lambda program, scene, folder: predicted(program, scene, model, folder)

    row = {"style": kind, "seed": seed, "glaciers": glaciers}
    before = kept(scene, "starter", by("starter"))
    row["band ratio"] = iou(kept(scene, "ratio", band_ratio), truth, rest)
    project = corrected_project(program, scene, folder, folder / "chosen.gpkg")
    begun = time.monotonic()
    said = program("finetune", project, "--from", "corrected", "--out", folder / "tuned", "--steps", steps, *extra)
    seconds = time.monotonic() - begun
    after = predicted(program, scene, folder / "tuned", folder)
    row["untaught"], row["taught"] = iou(before, truth, rest), iou(after, truth, rest)
    row["m untaught"] = boundary_distance(before, truth, rest, raster)
    row["m taught"] = boundary_distance(after, truth, rest, raster)
    everywhere = numpy.ones_like(rest)
    row["old style untaught"] = iou(kept(original, "starter", by("starter")), truth, everywhere)
    row["old style taught"] = iou(predicted(program, original, folder / "tuned", folder), truth, everywhere)
    row["s"] = seconds
    print(f"  {kind} {seed}, {glaciers}: " + " ".join(said.split("\n")[:2]), flush=True)
    return row


def cell(name, value):
    if isinstance(value, (int, str)):
        return str(value)
    return f"{value:.0f}" if name == "s" or name.startswith("m ") else f"{value:.3f}"


def say(row):
    print("| " + " | ".join(cell(name, row[name]) for name in row) + " |", flush=True)


def summary(rows):
    """Of each style and number of glaciers the mean, and what is worst for learning."""
    for kind, glaciers in dict.fromkeys((row["style"], row["glaciers"]) for row in rows):
        group = [row for row in rows if row["style"] == kind and row["glaciers"] == glaciers]
        means = {name: float(numpy.mean([row[name] for row in group])) for name in list(rows[0])[3:]}
        say({"style": kind, "seed": f"mean of {len(group)}", "glaciers": glaciers} | means)
        gain = min(row["taught"] - row["untaught"] for row in group)
        lost = max(row["old style untaught"] - row["old style taught"] for row in group)
        print(f"  {kind}, {glaciers} glaciers: least gain {gain:+.3f}, most lost in the old style {lost:+.3f}", flush=True)


def athabasca_bands(data, sensor):
    numbers = {"L30": ["B02", "B03", "B04", "B05", "B06", "B07"], "S30": ["B02", "B03", "B04", "B8A", "B11", "B12"]}
    return [next(data.glob(f"athabasca_*_{number}_{sensor}.tif")) for number in numbers[sensor]]


def athabasca_project(program, folder, data, sensor):
    project = folder / f"athabasca-{sensor}.gpkg"
    for stale in folder.glob(f"athabasca-{sensor}*"):
        shutil.rmtree(stale) if stale.is_dir() else stale.unlink()
    optical = []
    for file, band in zip(athabasca_bands(data, sensor), BANDS):
        optical += ["--optical", f"{file}:{band}"]
    program("project", "create", project, *optical, "--elevation", data / "athabasca_dem.tif", "--crs", "EPSG:32611",
            "--name", sensor)
    return project


def athabasca_line(program, folder, data, sensor, model):
    """How much of the outlined glacier is found, of clean ice beside it, and how much of what is found is rock."""
    project = athabasca_project(program, folder, data, sensor)
    program("predict", project, "--model", model)
    bands = athabasca_bands(data, sensor)
    raster = gdal.Open(str(bands[0]))
    green, red, swir1 = (gdal.Open(str(bands[i])).ReadAsArray().astype(float) for i in (1, 2, 4))
    ndsi = (green - swir1) / numpy.where(green + swir1 == 0, 1, green + swir1)
    glacier = drawn(shapes_of(data / "athabasca_outline.shp"), raster)
    found = drawn(shapes_of(project, "predicted"), raster)
    rock = ~glacier & (ndsi < 0.2)
    clean = ~glacier & (ndsi > 0.4) & (red > 1500)
    return (numpy.count_nonzero(found & glacier) / numpy.count_nonzero(glacier),
            numpy.count_nonzero(found & clean) / numpy.count_nonzero(clean),
            numpy.count_nonzero(found & rock) / max(1, numpy.count_nonzero(found)))


def athabasca(program, folder, data, steps, seeds, extra):
    for learnt, judged in (("L30", "S30"), ("S30", "L30")):
        before = athabasca_line(program, folder, data, judged, "starter")
        print(f"| athabasca | {judged} | starter | " + " | ".join(f"{100 * v:.1f} %" for v in before) + " |", flush=True)
        for seed in seeds:
            project = athabasca_project(program, folder, data, learnt)
            program("predict", project)
            program("import", project, "--outlines", data / "athabasca_outline.shp", "--layer", "corrected", "--kind",
                    "corrected")
            said = program("finetune", project, "--from", "corrected", "--out", folder / "tuned", "--steps", steps,
                           "--seed", seed, *extra)
            after = athabasca_line(program, folder, data, judged, folder / "tuned")
            print(f"| athabasca | {judged} | {learnt}, seed {seed} | " + " | ".join(f"{100 * v:.1f} %" for v in after) +
                  " |", flush=True)
            print("  " + " ".join(said.split("\n")[:3]), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("cases", nargs="+", choices=["mild", "hurts", "athabasca"])
    parser.add_argument("--seeds", type=int, nargs="+")
    parser.add_argument("--glaciers", type=int, nargs="+", default=[10])
    parser.add_argument("--size", type=int, default=768, help="pixels of a side of the simulated scenes")
    parser.add_argument("--steps", type=int, default=50)
    parser.add_argument("--athabasca", type=pathlib.Path)
    arguments, extra = parser.parse_known_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    program = Program(arguments.build, arguments.folder / "models")
    rows = []
    for kind in arguments.cases:
        if kind == "athabasca":
            print("| | judged on | learnt from | outlined glacier found | clean ice beside it found | of what is found: rock |")
            athabasca(program, arguments.folder, arguments.athabasca, arguments.steps, arguments.seeds or [1], extra)
            continue
        for seed in arguments.seeds or ([901] if kind == "mild" else [77031]):
            for glaciers in arguments.glaciers:
                rows.append(style(program, arguments.folder, kind, seed, arguments.size, glaciers, arguments.steps,
                                  extra))
                if len(rows) == 1:
                    print("| " + " | ".join(rows[0]) + " |\n|" + "---|" * len(rows[0]))
                say(rows[-1])
    summary(rows)


if __name__ == "__main__":
    main()
