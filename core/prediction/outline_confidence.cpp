// SPDX-License-Identifier: GPL-3.0-or-later
#include "prediction/outline_confidence.h"

#include "base/error.h"
#include "prediction/polygonise.h"
#include "raster/raster_reader.h"

#include <algorithm>
#include <cmath>

namespace nunatak::prediction {

namespace {

constexpr int stripRows = 512;

} // namespace

std::optional<OutlineConfidence> confidenceWithin(const std::filesystem::path& raster,
                                                  const geo::MultiPolygon& shape, const geo::Crs& crs,
                                                  double threshold, const Progress& progress) {
    const raster::RasterReader reader(raster.string());
    const auto grid = reader.info().northUpGrid();
    if (!grid) {
        throw Error("The raster " + raster.string() + " is no confidence that this program wrote.");
    }
    const auto onGrid = geo::CoordinateTransform(crs, grid->crs)(shape);
    const auto window = geo::windowCovering(*grid, geo::extentOf(onGrid));
    OutlineConfidence result;
    double sum = 0;
    std::int64_t low = 0;
    const std::vector<int> band{1};
    for (int done = 0; done < window.rows; done += stripRows) {
        progress.throwIfStopped();
        const int rows = std::min(stripRows, window.rows - done);
        const int row = window.row + done;
        const auto inside = rasterise({onGrid}, grid->window(window.column, row, window.columns, rows));
        const auto values =
            reader.readWindow(band, {window.column, row, window.columns, rows}, window.columns, rows);
        for (std::size_t i = 0; i < values.values().size(); ++i) {
            const auto value = static_cast<double>(values.values()[i]);
            if (inside.values()[i] == 0 || std::isnan(value)) {
                continue;
            }
            ++result.pixels;
            sum += value;
            low += value < threshold ? 1 : 0;
        }
    }
    if (result.pixels == 0) {
        return std::nullopt;
    }
    result.mean = sum / static_cast<double>(result.pixels);
    result.lowShare = static_cast<double>(low) / static_cast<double>(result.pixels);
    const auto& metadata = reader.info().metadata;
    const auto calibration = metadata.find("NUNATAK_CONFIDENCE");
    result.isCalibrated = calibration != metadata.end() && calibration->second.starts_with("calibrated");
    return result;
}

} // namespace nunatak::prediction
