#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes rasters of several layouts, serves them with a delay, and measures the reader on them (raster_reading).

    raster_reading.py BUILD FOLDER [--optical FILE] [--side PIXELS] [--rounds N] [--delay-ms MS] [--only WORD]

FILE is optical.tif of `nunatak-cli simulate --size 10980 10980 --resolution 10`: its bands become JPEG 2000 files as
in a SAFE of Sentinel-2 (tiles of 1024², bands 11 and 12 at 20 m); without it these cases are left out.

Needs python3-gdal and numpy. The server knows ranges and keeps connections; each request waits before its answer.
"""
import argparse
import functools
import http.server
import os
import pathlib
import re
import subprocess
import threading
import time

import numpy
from osgeo import gdal

gdal.UseExceptions()


def field(random, side, cells, strength):
    """Smooth values on side × side pixels from cells × cells random numbers."""
    small = random.standard_normal((cells + 1, cells + 1))
    place = numpy.linspace(0, cells, side, endpoint=False)
    low = place.astype(int)
    part = place - low
    rows = small[low] * (1 - part)[:, None] + small[low + 1] * part[:, None]
    return strength * (rows[:, low] * (1 - part) + rows[:, low + 1] * part)


def write_stack(path, side, bands):
    """Six bands as of a satellite: relief that all share, and noise of some tens of numbers."""
    options = ["TILED=YES", "BIGTIFF=YES", "INTERLEAVE=BAND"]
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), side, side, bands, gdal.GDT_UInt16, options)
    dataset.SetGeoTransform((600000, 30, 0, 5200000, 0, -30))
    dataset.SetProjection("EPSG:32632")
    relief = sum(field(numpy.random.default_rng(i), side, 8 << i, 4000 / 2**i) for i in range(6))
    for band in range(bands):
        random = numpy.random.default_rng(100 + band)
        values = 12000 + (1 + 0.1 * band) * relief + field(random, side, 64, 500)
        values += random.normal(0, 25, (side, side)).astype(numpy.float32)
        dataset.GetRasterBand(band + 1).WriteArray(numpy.clip(values, 1, 65535).astype(numpy.uint16))


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, folder, delay, *arguments):
        self.folder, self.delay = folder, delay
        super().__init__(*arguments)

    def answer(self, body):
        time.sleep(self.delay)
        path = self.folder / self.path.lstrip("/")
        if not path.is_file():
            self.send_response(404)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        size = path.stat().st_size
        wanted = re.match(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        first = int(wanted[1]) if wanted else 0
        last = min(int(wanted[2]), size - 1) if wanted and wanted[2] else size - 1
        self.send_response(206 if wanted else 200)
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Length", str(last - first + 1))
        if wanted:
            self.send_header("Content-Range", f"bytes {first}-{last}/{size}")
        self.end_headers()
        self.wfile.flush()
        if body:
            with open(path, "rb") as file:
                while first <= last:
                    first += os.sendfile(self.connection.fileno(), file.fileno(), first, last - first + 1)

    def do_GET(self):
        self.answer(True)

    def do_HEAD(self):
        self.answer(False)

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True


def make_files(folder, side):
    stack = folder / "stack.tif"
    if not stack.exists():
        write_stack(stack, side, 6)
    deflate = ["COMPRESS=DEFLATE", "PREDICTOR=2", "ZLEVEL=1"]
    wanted = {
        "cog6.tif": ("COG", None, ["COMPRESS=DEFLATE", "PREDICTOR=YES", "LEVEL=1", "OVERVIEWS=NONE", "BLOCKSIZE=512"]),
        "cog1.tif": ("COG", [1], ["COMPRESS=DEFLATE", "PREDICTOR=YES", "LEVEL=1", "OVERVIEWS=NONE", "BLOCKSIZE=256"]),
        "strips6.tif": ("GTiff", None, deflate + ["BIGTIFF=YES"]),
        "strips1.tif": ("GTiff", [1], deflate),
    }
    for name, (driver, bands, options) in wanted.items():
        if not (folder / name).exists():
            gdal.Translate(str(folder / name), str(stack), format=driver, bandList=bands, creationOptions=options)


def make_safe(folder, optical):
    """As large as the real ones: 96 MB for 10 m, 24 MB for 20 m."""
    folder.mkdir(exist_ok=True)
    options = ["QUALITY=40", "BLOCKXSIZE=1024", "BLOCKYSIZE=1024", "RESOLUTIONS=6"]
    files = []
    for number, name in enumerate(["B02", "B03", "B04", "B08", "B11", "B12"], 1):
        files.append(folder / f"{name}.jp2")
        if not files[-1].exists():
            coarse = {"width": 5490, "height": 5490, "resampleAlg": "average"} if name >= "B11" else {}
            gdal.Translate(str(files[-1]), str(optical), format="JP2OpenJPEG", bandList=[number],
                           creationOptions=options, **coarse)
    return files


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--optical", type=pathlib.Path)
    parser.add_argument("--side", type=int, default=7680)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--delay-ms", type=float, default=50)
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    make_files(arguments.folder, arguments.side)

    server = Server(("127.0.0.1", 0), functools.partial(Handler, arguments.folder, arguments.delay_ms / 1000))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    remote = f"/vsicurl/http://127.0.0.1:{server.server_address[1]}"
    cases = [
        ("local COG, 6 bands, 512² tiles: random", arguments.folder / "cog6.tif", []),
        ("local COG, 6 bands, 512² tiles: sweep", arguments.folder / "cog6.tif", ["--sweep", "0"]),
        ("local COG, 6 bands, 512² tiles: sweep, half overlap", arguments.folder / "cog6.tif", ["--sweep", "0.5"]),
        ("local strips, 6 bands: random", arguments.folder / "strips6.tif", []),
        ("local strips, 6 bands: random, a plain loop with as much cache", arguments.folder / "strips6.tif",
         ["--plain-cache", "448"]),
        ("local strips, 6 bands: random, page cache emptied", arguments.folder / "strips6.tif", ["--cold", "1"]),
        ("local strips, 6 bands: sweep", arguments.folder / "strips6.tif", ["--sweep", "0"]),
        ("local strips, 6 bands: sweep, half overlap", arguments.folder / "strips6.tif", ["--sweep", "0.5"]),
        ("local strips, 1 band: random", arguments.folder / "strips1.tif", []),
        ("HTTP COG, 1 band, 256² tiles: random", f"{remote}/cog1.tif", []),
        ("HTTP COG, 1 band, 256² tiles: random, 500 windows", f"{remote}/cog1.tif", ["--windows", "500"]),
        ("HTTP COG, 1 band, 256² tiles: sweep", f"{remote}/cog1.tif", ["--sweep", "0"]),
        ("HTTP COG, 1 band, 256² tiles: sweep, half overlap", f"{remote}/cog1.tif", ["--sweep", "0.5"]),
        ("HTTP COG, 6 bands, 512² tiles: random", f"{remote}/cog6.tif", []),
        ("HTTP COG, 6 bands, 512² tiles: sweep", f"{remote}/cog6.tif", ["--sweep", "0"]),
        ("HTTP strips, 1 band: random", f"{remote}/strips1.tif", []),
        ("HTTP strips, 1 band: sweep", f"{remote}/strips1.tif", ["--sweep", "0"]),
    ]
    if arguments.optical:
        files = make_safe(arguments.folder / "safe", arguments.optical)
        cases += [
            ("SAFE, 6 bands, JPEG 2000: first picture", files, ["--picture", "1024"]),
            ("SAFE, 6 bands, JPEG 2000: sweep, half overlap", files, ["--sweep", "0.5"]),
        ]
    for name, path, options in cases:
        if arguments.only in name:
            print(name, flush=True)
            files = path if isinstance(path, list) else [path]
            subprocess.run([arguments.build / "tests/raster_reading", *files, "--rounds", str(arguments.rounds),
                            *options], check=True)


if __name__ == "__main__":
    main()
