// SPDX-License-Identifier: GPL-3.0-or-later
#include "valid_pixels.h"

#include "base/error.h"
#include "prediction/polygonise.h"
#include "prediction/quality.h"
#include "raster/raster_reader.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace nunatak::comparison {

namespace {

/// Rows read at a time.
constexpr int stripRows = 256;

/// What tells whether a pixel has data: the optical bands, or elevation where there are none.
std::pair<std::string, std::vector<std::string>> decidingBands(const scene::Scene& scene) {
    if (auto optical = scene.bands("optical"); !optical.empty()) {
        return {"optical", std::move(optical)};
    }
    if (scene.hasBand("dem", "elevation")) {
        return {"dem", {"elevation"}};
    }
    throw Error("The scene " + scene.name +
                " has neither optical bands nor elevation, so it does not tell which "
                "pixels can be compared; add one of them to the scene.");
}

/// Turns gaps that reach the grid's edge into Outside, from pixel to pixel over their edges.
void markOutside(Image<Validity>& validity) {
    std::vector<std::pair<int, int>> open;
    const auto visit = [&](int row, int column) {
        if (row >= 0 && row < validity.rows() && column >= 0 && column < validity.columns() &&
            validity.at(0, row, column) == Validity::Gap) {
            validity.at(0, row, column) = Validity::Outside;
            open.emplace_back(row, column);
        }
    };
    for (int column = 0; column < validity.columns(); ++column) {
        visit(0, column);
        visit(validity.rows() - 1, column);
    }
    for (int row = 0; row < validity.rows(); ++row) {
        visit(row, 0);
        visit(row, validity.columns() - 1);
    }
    while (!open.empty()) {
        const auto [row, column] = open.back();
        open.pop_back();
        visit(row - 1, column);
        visit(row + 1, column);
        visit(row, column - 1);
        visit(row, column + 1);
    }
}

/// Turns pixels into gaps for which none of the quality rasters knows a result.
void blankWithoutResult(const std::vector<raster::RasterReader>& results, const geo::Grid& strip,
                        Validity* target) {
    constexpr unsigned nothing = prediction::quality::noData | prediction::quality::notComputed;
    const int bands[] = {1};
    std::vector<bool> known(static_cast<std::size_t>(strip.columns) * static_cast<std::size_t>(strip.rows));
    for (const raster::RasterReader& reader : results) {
        const auto flags = reader.readOnGrid(bands, strip, raster::Resampling::Nearest);
        for (std::size_t i = 0; i < known.size(); ++i) {
            const float flag = flags.values()[i];
            known[i] = known[i] || (!std::isnan(flag) && (static_cast<unsigned>(flag) & nothing) == 0);
        }
    }
    for (std::size_t i = 0; i < known.size(); ++i) {
        target[i] = known[i] ? target[i] : Validity::Gap;
    }
}

} // namespace

Image<Validity> validPixels(const scene::SceneReader& scene, const geo::MultiPolygon& computed,
                            const std::vector<std::filesystem::path>& quality, const Progress& progress) {
    const geo::Grid& grid = scene.scene().grid;
    const auto [feature, bands] = decidingBands(scene.scene());
    std::vector<raster::RasterReader> results;
    for (const auto& file : quality) {
        results.emplace_back(file.string());
    }
    Image<Validity> validity(1, grid.rows, grid.columns, Validity::Valid);
    for (int first = 0; first < grid.rows; first += stripRows) {
        progress.report(static_cast<double>(first) / grid.rows, "Reading the scene");
        const int count = std::min(stripRows, grid.rows - first);
        const auto strip = grid.window(0, first, grid.columns, count);
        const auto pixels = scene.read(feature, bands, strip, Progress({}, progress.stopToken()));
        for (int band = 0; band < pixels.bands(); ++band) {
            const float* values = pixels.band(band);
            Validity* target = validity.row(0, first);
            for (std::size_t i = 0; i < pixels.bandSize(); ++i) {
                if (!std::isfinite(values[i])) {
                    target[i] = Validity::Gap;
                }
            }
        }
        if (!results.empty()) {
            blankWithoutResult(results, strip, validity.row(0, first));
        }
        if (!computed.empty()) {
            const auto inside = prediction::rasterise({computed}, strip);
            Validity* target = validity.row(0, first);
            for (std::size_t i = 0; i < inside.bandSize(); ++i) {
                if (inside.values()[i] == 0) {
                    target[i] = Validity::Gap;
                }
            }
        }
    }
    markOutside(validity);
    return validity;
}

} // namespace nunatak::comparison
