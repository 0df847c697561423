// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/scene_reader.h"

#include "base/error.h"
#include "scene/raster_views.h"
#include "scene/scene_overviews.h"
#include "scene/slope.h"
#include "scene/stored_values.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

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

bool isVoidMap(const Scene& scene, const std::string& feature, const std::string& band) {
    return feature == "dem" && band == "void" && scene.hasBand("dem", "elevation");
}

/// Flags are not averaged.
raster::Resampling resamplingOf(const SceneRaster& raster) {
    return raster.flags.empty() ? raster::Resampling::Bilinear : raster::Resampling::Nearest;
}

/// Places of bands in raster.bands.
std::vector<std::size_t> placesOf(const SceneRaster& raster, const std::vector<std::string>& bands) {
    std::vector<std::size_t> places;
    for (const std::string& band : bands) {
        const auto found = std::find(raster.bandNames.begin(), raster.bandNames.end(), band);
        places.push_back(static_cast<std::size_t>(found - raster.bandNames.begin()));
    }
    return places;
}

} // namespace

SceneReader::SceneReader(Scene scene, std::shared_ptr<raster::ReaderPool> pool,
                         std::shared_ptr<const SceneOverviews> overviews)
    : m_scene(std::move(scene)), m_views(std::make_shared<RasterViews>(std::move(pool))),
      m_overviews(std::move(overviews)) {}

bool SceneReader::has(const std::string& feature, const std::vector<std::string>& bands) const {
    return std::all_of(bands.begin(), bands.end(), [&](const std::string& band) {
        return m_scene.hasBand(feature, band) || isComputedSlope(m_scene, feature, band) ||
               isVoidMap(m_scene, feature, band);
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
        if (isVoidMap(m_scene, feature, bands[i])) {
            const Image<float> voids = readVoids(target, progress.stopToken());
            std::copy_n(voids.band(0), voids.bandSize(), result.band(static_cast<int>(i)));
            continue;
        }
        // All bands wanted of one file are read together: the place of each pixel is worked out once.
        const SceneRaster& raster = *placeOf(m_scene, feature, bands[i]).raster;
        std::vector<int> numbers;
        std::vector<std::string> names;
        std::vector<std::size_t> places;
        for (std::size_t k = i; k < bands.size(); ++k) {
            const Place place = placeOf(m_scene, feature, bands[k]);
            if (!done[k] && place.raster == &raster) {
                numbers.push_back(place.number);
                names.push_back(bands[k]);
                places.push_back(k);
                done[k] = true;
            }
        }
        Image<float> pixels = raster.fillVoids && names.front() == "elevation" && names.size() == 1
                                  ? readHeights(raster, numbers.front(), target, progress.stopToken())
                                  : readRaster(raster, numbers, target, progress.stopToken());
        toValues(pixels, raster, placesOf(raster, names));
        blankFill(pixels, raster, target, progress.stopToken());
        for (std::size_t k = 0; k < places.size(); ++k) {
            std::copy_n(pixels.band(static_cast<int>(k)), pixels.bandSize(),
                        result.band(static_cast<int>(places[k])));
        }
    }
    progress.report(1, "Reading " + feature);
    return result;
}

Image<float> SceneReader::readRaster(const SceneRaster& raster, const std::vector<int>& numbers,
                                     const geo::Grid& target, const std::stop_token& stop) const {
    if (m_overviews) {
        if (auto pixels =
                readOverview(m_views->opened(raster), numbers, target, resamplingOf(raster), stop)) {
            return std::move(*pixels);
        }
    }
    return m_views->with<Image<float>>(
        raster,
        [&](const raster::RasterReader& reader) {
            // With overviews the pixels are for looking at.
            const auto resampling =
                m_overviews && raster.flags.empty() ? raster::Resampling::Glance : resamplingOf(raster);
            return reader.readOnGrid(numbers, target, resampling, stop);
        },
        stop);
}

std::optional<Image<float>> SceneReader::readOverview(const OpenedRaster& opened,
                                                      const std::vector<int>& numbers,
                                                      const geo::Grid& target, raster::Resampling resampling,
                                                      const std::stop_token& stop) const {
    using Pixels = std::optional<Image<float>>;
    const auto found = m_overviews->find(opened);
    if (!found) {
        return std::nullopt;
    }
    try {
        return m_views->withPath<Pixels>(
            *found,
            [&](const raster::RasterReader& reader) -> Pixels {
                // Where the full raster is read it is the file itself, whose pixels others may have read.
                const auto request = reader.requestFor(numbers, target, resampling);
                if (!request || request->overview < 0) {
                    return std::nullopt;
                }
                return reader.readOnGrid(numbers, target, resampling, stop);
            },
            stop);
    } catch (const Cancelled&) {
        throw;
    } catch (const Error&) {
        m_overviews->distrust(*found); // damaged, or just removed: the raster is there all the same
        return std::nullopt;
    }
}

Image<float> SceneReader::readHeights(const SceneRaster& raster, int number, const geo::Grid& target,
                                      const std::stop_token& stop) const {
    using Stored = std::optional<Image<float>>;
    const auto read = [&](const raster::RasterReader& reader) -> Stored {
        const Heights heights(reader, raster, number, m_scene.grid, stop);
        return isGlance(heights, target) ? std::nullopt
                                         : Stored(heights.stored(target, raster::Resampling::Bilinear));
    };
    auto stored = m_views->with<Stored>(raster, read, stop);
    return stored ? std::move(*stored) : readRaster(raster, {number}, target, stop);
}

bool SceneReader::isGlance(const Heights& heights, const geo::Grid& target) const {
    constexpr double coarse = 4;
    return m_overviews && heights.postingsPerPixel(target) > coarse;
}

Image<float> SceneReader::readVoids(const geo::Grid& target, const std::stop_token& stop) const {
    const Place place = placeOf(m_scene, "dem", "elevation");
    Image<float> voids = readRaster(*place.raster, {place.number}, target, stop);
    for (float& value : voids.values()) {
        value = std::isnan(value) ? 1.0F : 0.0F;
    }
    return voids;
}

void SceneReader::blankFill(Image<float>& pixels, const SceneRaster& raster, const geo::Grid& target,
                            const std::stop_token& stop) const {
    if (raster.fillFile.empty()) {
        return;
    }
    std::optional<Image<float>> thinned;
    if (m_overviews) {
        thinned =
            readOverview(m_views->openedValidity(raster), {1}, target, raster::Resampling::Bilinear, stop);
    }
    const Image<float> valid =
        thinned ? std::move(*thinned)
                : m_views->withValidity<Image<float>>(
                      raster,
                      [&](const raster::RasterReader& reader) {
                          const int bands[] = {1};
                          return reader.readOnGrid(bands, target, raster::Resampling::Bilinear, stop);
                      },
                      stop);
    constexpr float most = 0.5F;
    for (int band = 0; band < pixels.bands(); ++band) {
        float* values = pixels.band(band);
        for (std::size_t i = 0; i < pixels.bandSize(); ++i) {
            if (!(valid.band(0)[i] >= most)) {
                values[i] = std::numeric_limits<float>::quiet_NaN();
            }
        }
    }
}

Image<float> SceneReader::readSlope(const geo::Grid& target, const Progress& progress) const {
    progress.throwIfStopped();
    const Place place = placeOf(m_scene, "dem", "elevation");
    const std::stop_token stop = progress.stopToken();
    using Slope = std::optional<Image<float>>;
    const auto read = [&](const raster::RasterReader& reader) -> Slope {
        const Heights heights(reader, *place.raster, place.number, m_scene.grid, stop);
        return isGlance(heights, target) ? std::nullopt : Slope(heights.slope(target));
    };
    if (auto slope = m_views->with<Slope>(*place.raster, read, stop)) {
        return std::move(*slope);
    }
    return slopeFrom(target, [&](const geo::Grid& grid) {
        Image<float> heights = readRaster(*place.raster, {place.number}, grid, stop);
        toValues(heights, *place.raster, {0});
        return heights;
    });
}

raster::LookAhead SceneReader::lookAhead(const std::vector<std::vector<FeatureRead>>& steps,
                                         const Progress& progress) const {
    std::vector<std::vector<raster::ReadRequest>> requests(steps.size());
    for (std::size_t step = 0; step < steps.size(); ++step) {
        progress.throwIfStopped();
        for (const FeatureRead& read : steps[step]) {
            addRequests(read, requests[step], progress.stopToken());
        }
    }
    return m_views->pool().lookAhead(requests, progress.stopToken());
}

void SceneReader::dropUnneeded() const {
    m_views->pool().dropUnneeded();
}

void SceneReader::addRequests(const FeatureRead& read, std::vector<raster::ReadRequest>& requests,
                              const std::stop_token& stop) const {
    std::map<const SceneRaster*, std::vector<int>> wanted;
    for (const std::string& band : read.bands) {
        const bool fromHeights =
            isComputedSlope(m_scene, read.feature, band) || isVoidMap(m_scene, read.feature, band);
        const Place place = placeOf(m_scene, read.feature, fromHeights ? "elevation" : band);
        if (place.raster != nullptr) {
            wanted[place.raster].push_back(place.number);
        }
    }
    using Request = std::optional<raster::ReadRequest>;
    const auto add = [&](const Request& request) {
        if (request) {
            requests.push_back(*request);
        }
    };
    for (const auto& [raster, bands] : wanted) {
        add(m_views->with<Request>(
            *raster,
            [&](const raster::RasterReader& reader) {
                return reader.requestFor(bands, read.target, resamplingOf(*raster));
            },
            stop));
        if (!raster->fillFile.empty()) {
            add(m_views->withValidity<Request>(
                *raster,
                [&](const raster::RasterReader& reader) {
                    const int first[] = {1};
                    return reader.requestFor(first, read.target, raster::Resampling::Bilinear);
                },
                stop));
        }
    }
}

} // namespace nunatak::scene
