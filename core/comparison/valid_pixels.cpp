// SPDX-License-Identifier: GPL-3.0-or-later
#include "valid_pixels.h"

#include "base/error.h"
#include "prediction/polygonise.h"
#include "prediction/quality.h"

#include <cmath>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace nunatak::comparison {

namespace {

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

/// Takes out pixels for which none of the quality rasters knows a result.
void blankWithoutResult(const std::vector<raster::RasterReader>& results, const geo::Grid& strip,
                        Image<std::uint8_t>& valid) {
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
        valid.values()[i] = known[i] ? valid.values()[i] : std::uint8_t{0};
    }
}

} // namespace

ValidPixels::ValidPixels(const scene::SceneReader& scene, geo::MultiPolygon computed,
                         const std::vector<std::filesystem::path>& quality)
    : m_scene(scene), m_computed(std::move(computed)) {
    std::tie(m_feature, m_bands) = decidingBands(scene.scene());
    for (const auto& file : quality) {
        m_results.emplace_back(file.string());
    }
}

Image<std::uint8_t> ValidPixels::strip(int first, int rows, const Progress& progress) const {
    const geo::Grid& grid = m_scene.scene().grid;
    const auto strip = grid.window(0, first, grid.columns, rows);
    const auto pixels = m_scene.read(m_feature, m_bands, strip, Progress({}, progress.stopToken()));
    Image<std::uint8_t> valid(1, rows, grid.columns, 1);
    for (int band = 0; band < pixels.bands(); ++band) {
        const float* values = pixels.band(band);
        for (std::size_t i = 0; i < pixels.bandSize(); ++i) {
            if (!std::isfinite(values[i])) {
                valid.values()[i] = 0;
            }
        }
    }
    if (!m_results.empty()) {
        blankWithoutResult(m_results, strip, valid);
    }
    if (!m_computed.empty()) {
        const auto inside = prediction::rasterise({m_computed}, strip);
        for (std::size_t i = 0; i < inside.bandSize(); ++i) {
            if (inside.values()[i] == 0) {
                valid.values()[i] = 0;
            }
        }
    }
    return valid;
}

} // namespace nunatak::comparison
