// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/scene_building.h"

#include "base/dates.h"
#include "base/error.h"
#include "base/of_file.h"
#include "raster/virtual_gaps.h"
#include "scene/band_names.h"
#include "scene/coverage.h"
#include "scene/elevation_tiles.h"
#include "scene/raster_views.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <random>
#include <sstream>

namespace nunatak::scene {

namespace {

std::string inQuotes(const std::string& text) {
    return "\"" + text + "\"";
}

std::string text(const geo::Extent& extent) {
    std::ostringstream out;
    out.precision(10);
    out << extent.xmin << " to " << extent.xmax << " east, " << extent.ymin << " to " << extent.ymax
        << " north";
    return out.str();
}

bool isElevation(const SceneRaster& raster) {
    return raster.feature == "dem" &&
           std::find(raster.bandNames.begin(), raster.bandNames.end(), "elevation") != raster.bandNames.end();
}

/// `files`: the raster's and its tiles'.
void checkPlace(Scene& scene, const Places& places, const SceneRaster& raster,
                const std::vector<raster::RasterInfo>& files) {
    const double share = places.reachedBy(files);
    if (share <= 0) {
        const geo::Crs degrees = geo::Crs::fromUserInput("EPSG:4326");
        const auto inDegrees = [&](const geo::Crs& crs, const geo::Extent& extent) {
            return text(geo::CoordinateTransform(crs, degrees)(extent));
        };
        throw Error("The raster " + inQuotes(raster.file) +
                    " lies elsewhere: it shares no place with the scene (raster: " +
                    inDegrees(files.front().crs, files.front().extent()) +
                    "; scene: " + inDegrees(scene.grid.crs, scene.grid.extent()) + ", in degrees).");
    }
    if (!isElevation(raster)) {
        return;
    }
    noteWithoutHeights(scene, 1 - share);
    for (const raster::RasterInfo& file : files) {
        const double gaps = raster::shareOfGaps(file.path, places.pixelsOf(file));
        if (gaps > 0) {
            throw Error("The elevation model " + inQuotes(file.path) + " has gaps between its files (" +
                        std::to_string(std::max(1L, std::lround(gaps * 100))) +
                        " % of what lies at the scene; is a tile missing?), which it gives out as heights of "
                        "0 m: make it anew with gdalbuildvrt -vrtnodata -9999, or give the tiles "
                        "themselves.");
        }
    }
}

/// Length of a step of the file's own pixels on the ground, in the units of a projected system.
double pixelSizeIn(const geo::Crs& crs, const raster::RasterInfo& info) {
    const auto& t = *info.geoTransform;
    const auto at = [&](double column, double row) {
        return geo::Point{t[0] + column * t[1] + row * t[2], t[3] + column * t[4] + row * t[5]};
    };
    const double column = info.columns / 2.0;
    const double row = info.rows / 2.0;
    std::array<geo::Point, 3> points{at(column, row), at(column + 1, row), at(column, row + 1)};
    geo::CoordinateTransform(info.crs, crs).apply(points);
    const double area = (points[1].x - points[0].x) * (points[2].y - points[0].y) -
                        (points[1].y - points[0].y) * (points[2].x - points[0].x);
    const double size = std::sqrt(std::abs(area));
    // Four digits: a pixel of 29.99999999 m is one of 30 m.
    const double digit = std::pow(10, std::floor(std::log10(size)) - 3);
    return std::round(size / digit) * digit;
}

void checkNamesOnce(const std::vector<SceneRaster>& rasters) {
    std::map<std::pair<std::string, std::string>, std::string> seen;
    for (const SceneRaster& raster : rasters) {
        for (const std::string& name : raster.bandNames) {
            const auto [first, isNew] = seen.emplace(std::pair(raster.feature, name), raster.file);
            if (!isNew) {
                throw Error("The band " + inQuotes(name) + " of " + raster.feature + " is given twice, by " +
                            inQuotes(first->second) + " and by " + inQuotes(raster.file) +
                            "; each band can come from one file only" +
                            (raster.feature.ends_with("sar")
                                 ? ". Where they are of two dates, give the files of one of them."
                                 : "."));
            }
        }
    }
}

/// A file that was not copied to its end opens all the same; what is missing is the last pixel of its last
/// band.
void throwIfCutOff(const raster::RasterReader& reader) {
    const raster::RasterInfo& info = reader.info();
    const std::array last{static_cast<int>(info.bands.size())};
    static_cast<void>(reader.readWindow(last, {info.columns - 1, info.rows - 1, 1, 1}, 1, 1));
}

void noteDateAhead(Scene& scene) {
    const std::string note = "The date " + scene.date + " lies ahead; is it the scene's?";
    if (liesAhead(scene.date) &&
        std::find(scene.notes.begin(), scene.notes.end(), note) == scene.notes.end()) {
        scene.notes.push_back(note);
    }
}

} // namespace

std::string newUuid() {
    std::random_device random;
    std::array<unsigned char, 16> bytes{};
    for (unsigned char& byte : bytes) {
        byte = static_cast<unsigned char>(random());
    }
    bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0f) | 0x40);
    bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3f) | 0x80);
    static constexpr char digits[] = "0123456789abcdef";
    std::string uuid;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) {
            uuid += '-';
        }
        uuid += digits[bytes[i] >> 4];
        uuid += digits[bytes[i] & 0x0f];
    }
    return uuid;
}

void checkRaster(const SceneRaster& raster, const raster::RasterInfo& info) {
    const auto& known = knownBands(raster.feature);
    if (raster.bands.empty() || raster.bands.size() != raster.bandNames.size()) {
        throw Error("The bands of " + inQuotes(raster.file) +
                    " are not named one by one: " + std::to_string(raster.bandNames.size()) + " names for " +
                    std::to_string(raster.bands.size()) + " bands.");
    }
    for (std::size_t i = 0; i < raster.bands.size(); ++i) {
        if (std::find(known.begin(), known.end(), raster.bandNames[i]) == known.end()) {
            throw Error(inQuotes(raster.bandNames[i]) + " in " + inQuotes(raster.file) + " is no band of " +
                        raster.feature + "; it can have " + listed(known) + ".");
        }
        if (raster.bands[i] < 1 || static_cast<std::size_t>(raster.bands[i]) > info.bands.size()) {
            throw Error(inQuotes(raster.file) + " has no band " + std::to_string(raster.bands[i]) +
                        " (asked for as " + raster.bandNames[i] + "); it has " +
                        std::to_string(info.bands.size()) + ".");
        }
    }
    if (!info.isGeoreferenced()) {
        throw Error("The raster " + inQuotes(raster.file) + " has no georeference (" +
                    (info.crs.empty() ? "no coordinate system" : "the place of its pixels is not given") +
                    "), so it cannot be put on the map; add one with gdal_translate -a_srs and -a_ullr.");
    }
}

geo::Grid gridFrom(const raster::RasterInfo& info) {
    const auto north = info.northUpGrid();
    if (north && info.crs.isUtmOrPolarStereographic()) {
        return *north;
    }
    geo::Grid grid;
    grid.crs = geo::defaultProjectCrs(info.crs, info.extent());
    grid.pixelSize = pixelSizeIn(grid.crs, info);
    const geo::Extent extent = geo::CoordinateTransform(info.crs, grid.crs)(info.extent());
    const bool sameSystem = grid.crs == info.crs;
    // Turned over or around only: its corner stays. Projected anew: corners at whole multiples of the pixel
    // size.
    grid.left = sameSystem ? extent.xmin : std::floor(extent.xmin / grid.pixelSize) * grid.pixelSize;
    grid.top = sameSystem ? extent.ymax : std::ceil(extent.ymax / grid.pixelSize) * grid.pixelSize;
    grid.columns = static_cast<int>(std::ceil((extent.xmax - grid.left) / grid.pixelSize - 1e-6));
    grid.rows = static_cast<int>(std::ceil((grid.top - extent.ymin) / grid.pixelSize - 1e-6));
    return grid;
}

/// Of pixels that are finer than any picture, or larger than the scene, somebody has mistaken the unit.
void throwUnlessFitting(double pixelSize, const geo::Grid& grid) {
    constexpr double most = 1'000'000; // columns or rows
    const double width = grid.columns * grid.pixelSize;
    const double height = grid.rows * grid.pixelSize;
    if (pixelSize > std::min(width, height) || std::max(width, height) / pixelSize > most) {
        std::ostringstream text;
        text << "Pixels of " << pixelSize << " m do not fit a scene of " << width << " × " << height
             << " m, whose own are " << grid.pixelSize << " m; give another size in metres.";
        throw Error(text.str());
    }
}

std::size_t gridGiver(const std::vector<SceneRaster>& rasters, const std::vector<raster::RasterInfo>& infos) {
    const bool anyOptical = std::any_of(rasters.begin(), rasters.end(), [](const SceneRaster& raster) {
        return raster.feature == "optical";
    });
    std::size_t finest = 0;
    double smallest = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < rasters.size(); ++i) {
        if (anyOptical && rasters[i].feature != "optical") {
            continue;
        }
        const double size = ofFile(rasters[i].file, [&] { return gridFrom(infos[i]).pixelSize; });
        if (size < smallest * (1 - 1e-6)) {
            finest = i;
            smallest = size;
        }
    }
    return finest;
}

void complete(Scene& scene) {
    if (scene.rasters.empty()) {
        throw Error("The scene " + inQuotes(scene.name) + " has no rasters; give at least an optical one.");
    }
    noteDateAhead(scene);
    std::vector<raster::RasterInfo> infos;
    std::vector<std::vector<raster::RasterInfo>> files;
    const RasterViews views(std::make_shared<raster::ReaderPool>());
    for (SceneRaster& raster : scene.rasters) {
        knownBands(raster.feature);
        const raster::RasterReader reader(raster.file);
        const raster::RasterInfo file = reader.info();
        throwIfCutOff(reader);
        checkRaster(raster, file);
        raster.columns = file.columns;
        raster.rows = file.rows;
        raster.fileBands = static_cast<int>(file.bands.size());
        files.push_back({file});
        for (const std::string& tile : raster.tiles) {
            const raster::RasterReader tileReader(tile);
            throwIfCutOff(tileReader);
            files.back().push_back(tileReader.info());
        }
        if (isElevation(raster)) {
            takeHeightsAsSaid(raster, file, scene.notes);
            checkTiles(files.back(), scene.notes);
        }
        infos.push_back(raster.tiles.empty()
                            ? file
                            : views.with<raster::RasterInfo>(
                                  raster, [](const raster::RasterReader& tiles) { return tiles.info(); }));
    }
    checkNamesOnce(scene.rasters);
    const bool isGiven = scene.grid.columns > 0;
    const auto first = gridGiver(scene.rasters, infos);
    const raster::RasterInfo& giver = infos[first];
    if (!isGiven) {
        scene.grid = ofFile(scene.rasters[first].file, [&] { return gridFrom(giver); });
        if (scene.pixelSize > 0) {
            throwUnlessFitting(scene.pixelSize, scene.grid);
            scene.grid = scene.grid.atPixelSize(scene.pixelSize);
        }
    }
    const Places places = isGiven ? Places(scene.grid) : Places(giver);
    for (std::size_t i = 0; i < infos.size(); ++i) {
        ofFile(scene.rasters[i].file, [&] { checkPlace(scene, places, scene.rasters[i], files[i]); });
    }
    if (scene.id.empty()) {
        scene.id = newUuid();
    }
}

} // namespace nunatak::scene
