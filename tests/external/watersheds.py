# SPDX-License-Identifier: GPL-3.0-or-later
# How much of a surface two programs lead to the same stretch of its margin. Follows GRASS' directions from each pixel
# to the edge of the raster, by doubling the steps, and looks which of our basins that place is in.
import re
import sys

import numpy as np

size, folder = int(sys.argv[1]), sys.argv[2]
drainage = np.fromfile(f"{folder}/drainage.raw", dtype="<i4").reshape(size, size)
basins = np.fromfile(f"{folder}/basins.raw", dtype="<i4")
# 1 to 8 counter-clockwise from northeast; less than 0: off the raster.
rows = np.array([0, -1, -1, -1, 0, 1, 1, 1, 0], dtype=np.int64)
columns = np.array([0, 1, 0, -1, -1, -1, 0, 1, 1], dtype=np.int64)
flow = np.where((drainage > 0) & (drainage <= 8), drainage, 0)
flow[0, :] = flow[-1, :] = 0
flow[:, 0] = flow[:, -1] = 0
to = (np.arange(size * size, dtype=np.int64).reshape(size, size) + rows[flow] * size + columns[flow]).ravel()
del drainage, flow
while True:
    further = to[to]
    if np.array_equal(further, to):
        break
    to = further
theirs = basins[to]
inner = (np.add.outer(np.arange(size), np.zeros(size, dtype=int)) % (size - 1) != 0).ravel()
same = float(np.mean((theirs == basins)[inner]))

with open(f"{folder}/ours.txt") as file:
    text = file.read()
ours = [float(number) for number in re.search(r"in ([0-9.]+) s, ([0-9.]+) s of processors", text).groups()]
with open(f"{folder}/grass_seconds.txt") as file:
    real, user, system = (float(number) for number in file.read().split())
print(f"r.watershed took {real:.1f} s, {user + system:.1f} s of processors: {real / ours[0]:.1f} and"
      f" {(user + system) / ours[1]:.1f} times as long; {100 * same:.1f} % of the surface goes to the same margin")
if same < 0.9:
    sys.exit("The watersheds are others than those of GRASS.")
