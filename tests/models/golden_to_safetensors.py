#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turns golden HDF5 files into safetensors, for the tests of models/ on a machine without HDF5.

    python3 golden_to_safetensors.py GOLDEN_FOLDER OUT_FOLDER

Needs h5py and numpy. The names in the files are those of tests/support/hdf5_arrays.h. Run the tests with
NUNATAK_GOLDEN=OUT_FOLDER.
"""
import json
import pathlib
import struct
import sys

import h5py
import numpy


def numeric(value):
    return numpy.asarray(value).dtype.kind in "fiu"


def text(name):
    return name.decode() if isinstance(name, bytes) else str(name)


def arrays_of(file):
    arrays = {}

    def visit(path, item):
        for name, value in item.attrs.items():
            if numeric(value):
                arrays[f"{path}@{name}"] = value
        if isinstance(item, h5py.Dataset) and item.dtype.kind in "fiu":
            arrays[path] = item[()]

    visit("", file)
    file.visititems(visit)
    index = 0
    for layer in file.attrs.get("layer_names", []):
        group = file[text(layer)]
        for name in group.attrs["weight_names"]:
            if isinstance(name, (str, bytes)):
                arrays[f"keras/{index:04d}/{text(name)}"] = group[text(name)][()]
                index += 1
    return arrays


def write_safetensors(arrays, path):
    header, blocks, offset = {}, [], 0
    for name in sorted(arrays):
        block = numpy.ascontiguousarray(arrays[name], dtype="<f4")
        shape = list(numpy.shape(arrays[name]))
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [offset, offset + block.nbytes]}
        blocks.append(block.tobytes())
        offset += block.nbytes
    encoded = json.dumps(header).encode()
    encoded += b" " * (-len(encoded) % 8)
    path.write_bytes(struct.pack("<Q", len(encoded)) + encoded + b"".join(blocks))


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    source, out = map(pathlib.Path, sys.argv[1:])
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.glob("*.h5")):
        with h5py.File(path) as file:
            arrays = arrays_of(file)
        # What the tests do not read may hold values that are not finite, which the reader refuses.
        arrays = {name: value for name, value in arrays.items() if numpy.isfinite(numpy.asarray(value, "f4")).all()}
        write_safetensors(arrays, out / (path.stem + ".safetensors"))
        print(out / (path.stem + ".safetensors"))


if __name__ == "__main__":
    main()
