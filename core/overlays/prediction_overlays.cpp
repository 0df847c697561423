// SPDX-License-Identifier: GPL-3.0-or-later
#include "overlays/prediction_overlays.h"

#include "prediction/polygonise.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace nunatak::overlays {

namespace {

/// Glacier pixels of a layer on a grid that may have another system than the layer.
std::vector<bool> iceOn(const outlines::OutlineSet& layer, const geo::Crs& crs, const geo::Grid& grid) {
    const bool same = crs == grid.crs;
    const auto extent = same ? grid.extent() : geo::CoordinateTransform(grid.crs, crs)(grid.extent());
    std::vector<geo::MultiPolygon> shapes;
    for (const auto& outline : layer.in(extent)) {
        shapes.push_back(same ? outline->geometry
                              : geo::CoordinateTransform(crs, grid.crs)(outline->geometry));
    }
    const auto labels = prediction::rasterise(shapes, grid);
    std::vector<bool> ice(labels.values().size());
    std::transform(labels.values().begin(), labels.values().end(), ice.begin(),
                   [](std::int32_t label) { return label != 0; });
    return ice;
}

/// probability_<first eight of the scene's id>_<model, version and fingerprint>.tif, up to the last part.
std::string beginningOf(const std::string& kind, const std::string& sceneId) {
    return kind + "_" + sceneId.substr(0, 8) + "_";
}

} // namespace

std::vector<std::filesystem::path> probabilitiesOf(const std::filesystem::path& folder,
                                                   const std::string& sceneId) {
    std::vector<std::filesystem::path> files;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
        if (entry.path().extension() == ".tif" &&
            entry.path().stem().string().starts_with(beginningOf("probability", sceneId))) {
            files.push_back(entry.path());
        }
    }
    return files;
}

std::vector<Overlay> overlaysOfPredictions(const std::filesystem::path& folder, const std::string& sceneId,
                                           std::shared_ptr<raster::ReaderPool> pool) {
    std::vector<Overlay> overlays;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
        const auto stem = entry.path().stem().string();
        if (entry.path().extension() != ".tif") {
            continue;
        }
        for (const char* kind : {"probability", "confidence", "uncertainty"}) {
            const auto begin = beginningOf(kind, sceneId);
            if (!stem.starts_with(begin)) {
                continue;
            }
            Overlay overlay;
            overlay.id = "prediction:" + stem;
            overlay.origin = Origin::Prediction;
            overlay.key = kind;
            overlay.detail = stem.substr(begin.size());
            overlay.quantity = overlay.key == "uncertainty" ? Quantity::Value : Quantity::Share;
            overlay.read = [pool, path = entry.path().string()](const geo::Grid& grid,
                                                                const Progress& progress) {
                progress.throwIfStopped();
                return pool->with<Image<float>>(path, [&](const raster::RasterReader& reader) {
                    return reader.readOnGrid(std::array{1}, grid, raster::Resampling::Bilinear);
                });
            };
            overlays.push_back(std::move(overlay));
        }
    }
    std::sort(overlays.begin(), overlays.end(),
              [](const Overlay& a, const Overlay& b) { return a.detail + a.key < b.detail + b.key; });
    return overlays;
}

Overlay differenceOf(outlines::OutlineSet model, outlines::OutlineSet expert, const geo::Crs& crs,
                     const std::string& modelName, const std::string& expertName) {
    Overlay overlay;
    overlay.id = "difference:" + modelName + "/" + expertName;
    overlay.origin = Origin::Difference;
    overlay.key = "difference";
    overlay.detail = modelName + " − " + expertName;
    overlay.quantity = Quantity::Signed;
    overlay.read = [model = std::move(model), expert = std::move(expert), crs](const geo::Grid& grid,
                                                                               const Progress& progress) {
        const auto found = iceOn(model, crs, grid);
        progress.throwIfStopped();
        const auto wanted = iceOn(expert, crs, grid);
        Image<float> difference(1, grid.rows, grid.columns, std::numeric_limits<float>::quiet_NaN());
        for (std::size_t i = 0; i < found.size(); ++i) {
            if (found[i] != wanted[i]) {
                difference.values()[i] = found[i] ? 1.0F : -1.0F;
            }
        }
        return difference;
    };
    return overlay;
}

} // namespace nunatak::overlays
