// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/tile_engine.h"

#include "base/error.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <string>

namespace nunatak::engine {

namespace {

/// First pixels of the tiles along one axis, counted from the scene's first pixel.
std::vector<int> tileStarts(int size, int tile, int stride) {
    // As published: a scene whose size is a multiple of the tile grows by one tile as well, so that every
    // pixel of its margin is seen from more than one tile.
    const int padded = tile * (size / tile + 1);
    const int before = (padded - size) / 2;
    std::vector<int> starts;
    for (int start = 0; start + tile <= padded; start += stride) {
        starts.push_back(start - before);
    }
    // Strides that do not divide the padded size would leave its last pixels to nobody.
    if (starts.back() + tile < padded - before) {
        starts.push_back(padded - before - tile);
    }
    return starts;
}

} // namespace

std::vector<Window> tileWindows(int columns, int rows, const TilingOptions& options) {
    if (columns < 1 || rows < 1) {
        throw Error("There is nothing to predict: the scene has no pixels.");
    }
    if (options.tile < 1 || options.batch < 1) {
        throw Error("Tiles and batches need a size of at least 1.");
    }
    if (std::max(columns, rows) > std::numeric_limits<int>::max() - 2 * options.tile) {
        throw Error("The scene is too large to be cut into tiles; use a coarser pixel size.");
    }
    if (!(options.overlap >= 0 && options.overlap < 1)) {
        throw Error("The overlap of tiles must be at least 0 and less than 1, not " +
                    std::to_string(options.overlap) + ".");
    }
    // The small addend keeps 10 × (1 − 0.9) from becoming 0.9999…
    const int stride = std::max(1, static_cast<int>(options.tile * (1 - options.overlap) + 1e-9));
    const auto columnStarts = tileStarts(columns, options.tile, stride);
    std::vector<Window> windows;
    for (const int row : tileStarts(rows, options.tile, stride)) {
        for (const int column : columnStarts) {
            windows.push_back({column, row, options.tile, options.tile});
        }
    }
    return windows;
}

Image<double> blendingKernel(int tile) {
    Image<double> kernel(1, tile, tile);
    const auto coordinate = [tile](int i) { return tile == 1 ? -1.0 : -1.0 + 2.0 * i / (tile - 1); };
    const double factor = 1 / std::sqrt(2 / std::numbers::pi);
    for (int row = 0; row < tile; ++row) {
        for (int column = 0; column < tile; ++column) {
            const double y = coordinate(row);
            const double x = coordinate(column);
            kernel.at(0, row, column) = factor * std::exp(-(x * x + y * y) / 2);
        }
    }
    return kernel;
}

} // namespace nunatak::engine
