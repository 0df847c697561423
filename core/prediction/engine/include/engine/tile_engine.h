// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "base/progress.h"

#include <functional>
#include <future>
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

/// Where the pixels of a scene come from. Called from one reader thread.
class TileSource {
public:
    virtual ~TileSource() = default;
    /// Normalised features of the window, by name; windows may reach beyond the scene, where every value is
    /// 0.
    virtual std::map<std::string, Image<float>> read(const Window& window, std::stop_token stop) = 0;
};

/// Where finished rows go, from north to south, each row once.
class RowSink {
public:
    virtual ~RowSink() = default;
    /// `probability` is 1 band of full scene width; NaN where nothing was predicted.
    virtual void write(int firstRow, const Image<float>& probability) = 0;
};

/// Several tiles in, probability of each out (1 band, tile × tile). The answer may come later; two batches
/// are asked for before the first answer is taken. A pixel that is NaN is left to the other tiles that cover
/// it.
using TilePredictor = std::function<std::future<std::vector<Image<float>>>(
    std::vector<std::map<std::string, Image<float>>> tiles, std::stop_token stop)>;

struct TilingOptions {
    int tile = 64;
    double overlap = 0.5; ///< share of a tile that its neighbour covers too
    int batch = 4;
    /// Which windows to compute; empty means all. Windows left out leave their pixels unpredicted (NaN)
    /// unless a neighbour covers them.
    std::function<bool(const Window&)> wanted;
    /// A preview for the window: called with each finished batch's tiles as they come (scene pixel windows,
    /// unblended).
    std::function<void(const Window&, const Image<float>&)> onTile;
};

/// The windows of a scene as published: padded to tile × (size / tile + 1), half of the padding before,
/// stride tile × (1 − overlap). All of them, row by row, whatever `wanted` says.
std::vector<Window> tileWindows(int columns, int rows, const TilingOptions& options);
/// The Gaussian weight of each pixel of a tile: exp(−d²/2) / sqrt(2/π), d over linspace(−1, 1, tile) per
/// axis.
Image<double> blendingKernel(int tile);

/// Predicts a scene of columns × rows: reads ahead on its own thread while the network computes, blends in
/// float64 in a rolling band (memory grows with the width only), hands finished rows to the sink. Throws what
/// source, predictor and sink throw, and Cancelled; all threads have ended by then.
void predictTiles(int columns, int rows, const TilingOptions& options, TileSource& source,
                  const TilePredictor& predictor, RowSink& sink, const Progress& progress);

} // namespace nunatak::engine
