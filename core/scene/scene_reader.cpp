// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/scene_reader.h"

#include "base/error.h"
#include "scene/slope.h"

#include <algorithm>
#include <limits>

namespace nunatak::scene {

namespace {

/// Where a band of a scene lies.
struct Place {
    const SceneRaster* raster = nullptr;
    int number = 0;
};

Place placeOf(const Scene& scene, const std::string& feature, const std::string& band) {
    for (const SceneRaster& raster : scene.rasters) {
        if (raster.feature != feature) {
            continue;
        }
        const auto found = std::find(raster.bandNames.begin(), raster.bandNames.end(), band);
        if (found != raster.bandNames.end()) {
            return {&raster, raster.bands[static_cast<std::size_t>(found - raster.bandNames.begin())]};
        }
    }
    return {};
}

bool isComputedSlope(const Scene& scene, const std::string& feature, const std::string& band) {
    return feature == "dem" && band == "slope" && !scene.hasBand("dem", "slope") &&
           scene.hasBand("dem", "elevation");
}

std::string allBands(const Scene& scene, const std::string& feature) {
    std::string text;
    for (const std::string& band : scene.bands(feature)) {
        text += (text.empty() ? "" : ", ") + band;
    }
    return text.empty() ? "none" : text;
}

void scaleBand(Image<float>& image, int band, const SceneRaster& raster) {
    if (raster.scale == 1 && raster.offset == 0) {
        return;
    }
    float* values = image.band(band);
    for (std::size_t i = 0; i < image.bandSize(); ++i) {
        values[i] = static_cast<float>(values[i] * raster.scale + raster.offset);
    }
}

} // namespace

SceneReader::SceneReader(Scene scene, std::shared_ptr<raster::ReaderPool> pool)
    : m_scene(std::move(scene)), m_pool(std::move(pool)) {}

bool SceneReader::has(const std::string& feature, const std::vector<std::string>& bands) const {
    return std::all_of(bands.begin(), bands.end(), [&](const std::string& band) {
        return m_scene.hasBand(feature, band) || isComputedSlope(m_scene, feature, band);
    });
}

Image<float> SceneReader::read(const std::string& feature, const std::vector<std::string>& bands,
                               const geo::Grid& target, const Progress& progress) const {
    for (const std::string& band : bands) {
        if (!has(feature, {band})) {
            throw Error("The scene \"" + m_scene.name + "\" has no band \"" + band + "\" of " + feature +
                        " (it has: " + allBands(m_scene, feature) + "); add a raster that holds it.");
        }
    }
    Image<float> result(static_cast<int>(bands.size()), target.rows, target.columns,
                        std::numeric_limits<float>::quiet_NaN());
    std::vector<bool> done(bands.size(), false);
    for (std::size_t i = 0; i < bands.size(); ++i) {
        if (done[i]) {
            continue;
        }
        progress.report(static_cast<double>(i) / static_cast<double>(bands.size()), "Reading " + feature);
        if (isComputedSlope(m_scene, feature, bands[i])) {
            const Image<float> slope = readSlope(target, progress);
            std::copy_n(slope.band(0), slope.bandSize(), result.band(static_cast<int>(i)));
            continue;
        }
        // All bands wanted of one file are read together: the place of each pixel is worked out once.
        const SceneRaster& raster = *placeOf(m_scene, feature, bands[i]).raster;
        std::vector<int> numbers;
        std::vector<std::size_t> places;
        for (std::size_t k = i; k < bands.size(); ++k) {
            const Place place = placeOf(m_scene, feature, bands[k]);
            if (!done[k] && place.raster == &raster) {
                numbers.push_back(place.number);
                places.push_back(k);
                done[k] = true;
            }
        }
        const Image<float> pixels =
            m_pool->with<Image<float>>(raster.file, [&](const raster::RasterReader& reader) {
                return reader.readOnGrid(numbers, target, raster::Resampling::Bilinear);
            });
        for (std::size_t k = 0; k < places.size(); ++k) {
            const int band = static_cast<int>(places[k]);
            std::copy_n(pixels.band(static_cast<int>(k)), pixels.bandSize(), result.band(band));
            scaleBand(result, band, raster);
        }
    }
    progress.report(1, "Reading " + feature);
    return result;
}

Image<float> SceneReader::readSlope(const geo::Grid& target, const Progress& progress) const {
    progress.throwIfStopped();
    const Place place = placeOf(m_scene, "dem", "elevation");
    return m_pool->with<Image<float>>(place.raster->file, [&](const raster::RasterReader& reader) {
        const SlopeSource source(reader, place.number, place.raster->scale, place.raster->offset,
                                 slopeGrid(reader.info(), m_scene.grid));
        const int bands[] = {1};
        return raster::resampledOnGrid(source, slopeGrid(reader.info(), m_scene.grid), bands, target,
                                       raster::Resampling::Bilinear);
    });
}

} // namespace nunatak::scene
