// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "base/progress.h"

#include <functional>
#include <future>
#include <limits>
#include <map>
#include <string>
#include <vector>

// The tile engine: the standard library alone, so that it runs where there is no GDAL. Golden group a and b.
namespace nunatak::engine {

/// Pixel window of the scene; may reach beyond it (such pixels are padding).
struct Window {
    int column = 0;
    int row = 0;
    int columns = 0;
    int rows = 0;
    bool operator==(const Window&) const = default;
};

/// Where the pixels of a scene come from. Called from as many threads at once as TilingOptions::readers says.
class TileSource {
public:
    virtual ~TileSource() = default;
    /// Normalised features of the window, by name; windows may reach beyond the scene, where every value is
    /// 0.
    virtual std::map<std::string, Image<float>> read(const Window& window, std::stop_token stop) = 0;
};

/// The rows that are not finished between two rows of tiles: with them a run goes on as if it had never
/// ended.
struct OpenRows {
    static constexpr int noTilesLeft = std::numeric_limits<int>::max();
    int nextTiles = noTilesLeft; ///< first row (of the scene) of the next row of tiles; may be negative
    int firstRow = 0;            ///< first row that has not been handed to the sink
    Image<double> sums;          ///< from firstRow on: weighted sums, as many bands as tiles have
    Image<double> weights;       ///< one band
};

/// Where finished rows go, from north to south, each row once. Called from one thread of the engine's own.
class RowSink {
public:
    virtual ~RowSink() = default;
    /// As many bands as the tiles have, full scene width; NaN where nothing was predicted.
    virtual void write(int firstRow, const Image<float>& rows) = 0;
    /// A row of tiles is done, and every row that no later one reaches was written. `open` makes what is
    /// needed to go on from here; it is a copy, so ask only to keep it.
    virtual void rowOfTilesDone(const std::function<OpenRows()>& /*open*/) {}
};

/// Several tiles in, an image of each out (TilingOptions::bands bands, tile × tile; band 0 the probability).
/// The answer may come later; two batches are asked for before the first answer is taken. A pixel whose
/// band 0 is NaN is left to the other tiles that cover it.
using TilePredictor = std::function<std::future<std::vector<Image<float>>>(
    std::vector<std::map<std::string, Image<float>>> tiles, std::stop_token stop)>;

struct TilingOptions {
    int tile = 64;
    double overlap = 0.5; ///< share of a tile that its neighbour covers too
    int batch = 4;        ///< tiles at once; a batch never crosses from one row of tiles into the next, so
                          ///< that a run that goes on has the batches of one that never ended
    int bands = 1;        ///< of the predictor's answers; all are blended alike
    int readers = 1;      ///< threads that read tiles
    /// Which windows to compute; empty means all. Windows left out leave their pixels unpredicted (NaN)
    /// unless a neighbour covers them.
    std::function<bool(const Window&)> wanted;
    /// A preview for the window: called with each finished batch's tiles as they come (scene pixel windows,
    /// unblended), from a thread of the engine's own.
    std::function<void(const Window&, const Image<float>&)> onTile;
};

/// The windows of a scene as published: padded to tile × (size / tile + 1), half of the padding before,
/// stride tile × (1 − overlap). All of them, row by row, whatever `wanted` says.
std::vector<Window> tileWindows(int columns, int rows, const TilingOptions& options);
/// The Gaussian weight of each pixel of a tile: exp(−d²/2) / sqrt(2/π), d over linspace(−1, 1, tile) per
/// axis.
Image<double> blendingKernel(int tile);

/// Predicts a scene of columns × rows: threads of its own read ahead while the network computes, another one
/// blends in float64 in a rolling band (memory grows with the width only) and hands finished rows to the
/// sink. Throws what source, predictor and sink throw, and Cancelled; all threads have ended by then.
/// @param from where an earlier run stopped; none: the beginning. The settings must be that run's.
void predictTiles(int columns, int rows, const TilingOptions& options, TileSource& source,
                  const TilePredictor& predictor, RowSink& sink, const Progress& progress,
                  const OpenRows* from = nullptr);

} // namespace nunatak::engine
