// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/coverage.h"

#include "raster/filled_voids.h"
#include "scene/raster_views.h"
#include "scene/scene_building.h"
#include "scene/scene_reader.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace nunatak::scene {

namespace {

constexpr const char* sayNoHeights = " of the scene has no heights";

/// Points per side at which it is looked.
constexpr int probes = 65;

/// Where a place in a raster's system lies in its pixels.
geo::Point pixelAt(const raster::RasterInfo& info, geo::Point p) {
    const auto& t = *info.geoTransform;
    const double determinant = t[1] * t[5] - t[2] * t[4];
    if (info.crs.isGeographic() && std::isfinite(p.x)) {
        const double west = info.extent().center().x - 180;
        p.x -= 360 * std::floor((p.x - west) / 360);
    }
    return {(t[5] * (p.x - t[0]) - t[2] * (p.y - t[3])) / determinant,
            (t[1] * (p.y - t[3]) - t[4] * (p.x - t[0])) / determinant};
}

bool reaches(const raster::RasterInfo& info, geo::Point place) {
    constexpr double slack = 0.5;
    const geo::Point pixel = pixelAt(info, place);
    return pixel.x >= -slack && pixel.x <= info.columns + slack && pixel.y >= -slack &&
           pixel.y <= info.rows + slack;
}

const SceneRaster* elevationOf(const Scene& scene) {
    const auto found =
        std::find_if(scene.rasters.begin(), scene.rasters.end(), [](const SceneRaster& raster) {
            return raster.feature == "dem" && std::find(raster.bandNames.begin(), raster.bandNames.end(),
                                                        "elevation") != raster.bandNames.end();
        });
    return found == scene.rasters.end() ? nullptr : &*found;
}

bool isLocal(const SceneRaster& raster) {
    const auto local = [](const std::string& file) { return !file.starts_with("/vsi"); };
    return local(raster.file) && std::all_of(raster.tiles.begin(), raster.tiles.end(), local);
}

/// Share of the scene without heights by its pixels, of which windows all over it are looked at. Only where
/// the scene's finest raster lies: a grid in another system is larger.
double missingShare(const Scene& scene, const raster::RasterInfo& giver, const Progress& progress) {
    constexpr int windows = 12; // per side
    constexpr int most = 16;    // pixels of a window's side
    const SceneReader reader(scene, std::make_shared<raster::ReaderPool>());
    const geo::CoordinateTransform toGiver(scene.grid.crs, giver.crs);
    const auto window = [](int count, int i, int length) {
        return static_cast<int>(static_cast<double>(count - length) * i / (windows - 1));
    };
    const bool isSmall = scene.grid.columns <= windows * most && scene.grid.rows <= windows * most;
    const int side = isSmall ? windows * most : most; // a small scene is looked at whole
    const int perSide = isSmall ? 1 : windows;
    const int width = std::min(side, scene.grid.columns);
    const int height = std::min(side, scene.grid.rows);
    double looked = 0;
    double missing = 0;
    for (int r = 0; r < perSide; ++r) {
        for (int c = 0; c < perSide; ++c) {
            progress.throwIfStopped();
            const geo::Grid part = scene.grid.window(window(scene.grid.columns, c, width),
                                                     window(scene.grid.rows, r, height), width, height);
            const Image<float> voids = reader.read("dem", {"void"}, part, Progress({}, progress.stopToken()));
            for (int row = 0; row < height; ++row) {
                std::vector<geo::Point> points;
                for (int column = 0; column < width; ++column) {
                    points.push_back(part.toMap(column + 0.5, row + 0.5));
                }
                toGiver.applyOrNan(points);
                for (int column = 0; column < width; ++column) {
                    if (reaches(giver, points[static_cast<std::size_t>(column)])) {
                        ++looked;
                        missing += voids.at(0, row, column);
                    }
                }
            }
        }
    }
    return looked > 0 ? missing / looked : 0;
}

} // namespace

Places::Places(const geo::Grid& grid) : m_crs(grid.crs) {
    for (int r = 0; r < probes; ++r) {
        for (int c = 0; c < probes; ++c) {
            m_points.push_back(grid.toMap(grid.columns * c / (probes - 1.0), grid.rows * r / (probes - 1.0)));
        }
    }
}

Places::Places(const raster::RasterInfo& giver) : m_crs(giver.crs) {
    const auto& t = *giver.geoTransform;
    for (int r = 0; r < probes; ++r) {
        for (int c = 0; c < probes; ++c) {
            const double column = giver.columns * c / (probes - 1.0);
            const double row = giver.rows * r / (probes - 1.0);
            m_points.push_back({t[0] + column * t[1] + row * t[2], t[3] + column * t[4] + row * t[5]});
        }
    }
}

double Places::reachedBy(const std::vector<raster::RasterInfo>& files) const {
    std::vector<geo::Point> points = m_points;
    geo::CoordinateTransform(m_crs, files.front().crs).applyOrNan(points);
    const auto inside = std::count_if(points.begin(), points.end(), [&](const geo::Point& point) {
        return std::any_of(files.begin(), files.end(),
                           [&](const raster::RasterInfo& file) { return reaches(file, point); });
    });
    return static_cast<double>(inside) / static_cast<double>(points.size());
}

geo::PixelWindow Places::pixelsOf(const raster::RasterInfo& info) const {
    std::vector<geo::Point> points = m_points;
    geo::CoordinateTransform(m_crs, info.crs).applyOrNan(points);
    geo::Extent pixels;
    for (const geo::Point& point : points) {
        if (reaches(info, point)) {
            pixels.include(pixelAt(info, point));
        }
    }
    if (pixels.empty()) {
        return {};
    }
    const auto bounded = [](double value, int most) {
        return static_cast<int>(std::clamp(value, 0.0, static_cast<double>(most)));
    };
    geo::PixelWindow window{bounded(std::floor(pixels.xmin), info.columns),
                            bounded(std::floor(pixels.ymin), info.rows), 0, 0};
    window.columns = bounded(std::ceil(pixels.xmax), info.columns) - window.column;
    window.rows = bounded(std::ceil(pixels.ymax), info.rows) - window.row;
    return window;
}

void noteWithoutHeights(Scene& scene, double share) {
    const bool isSaid = std::any_of(scene.notes.begin(), scene.notes.end(), [](const std::string& note) {
        return note.find(sayNoHeights) != std::string::npos;
    });
    if (isSaid || share <= 0) {
        return;
    }
    // Never 100 % where there are some, nor 0 % where some are missing.
    const long percent = std::clamp(std::lround(share * 100), 1L, share < 1 ? 99L : 100L);
    scene.notes.push_back(
        "About " + std::to_string(percent) + " %" + sayNoHeights +
        ": the elevation model has voids there or does not cover it (is a tile missing?). Voids are filled "
        "from the heights around them, up to " +
        std::to_string(raster::FilledVoids::reach) +
        " pixels away, and the layer \"void\" shows where; what lies farther off stays without elevation, "
        "and predictions flag it.");
}

void noteHeights(Scene& scene, const Progress& progress) {
    const SceneRaster* elevation = elevationOf(scene);
    if (elevation == nullptr) {
        return;
    }
    std::erase_if(scene.notes,
                  [](const std::string& note) { return note.find(sayNoHeights) != std::string::npos; });
    const RasterViews views(std::make_shared<raster::ReaderPool>());
    std::vector<raster::RasterInfo> infos;
    for (const SceneRaster& raster : scene.rasters) {
        infos.push_back(views.with<raster::RasterInfo>(
            raster, [](const raster::RasterReader& reader) { return reader.info(); }));
    }
    const raster::RasterInfo& giver = infos[gridGiver(scene.rasters, infos)];
    if (isLocal(*elevation)) {
        noteWithoutHeights(scene, missingShare(scene, giver, progress));
        return;
    }
    std::vector<raster::RasterInfo> files{raster::RasterReader(elevation->file).info()};
    for (const std::string& tile : elevation->tiles) {
        files.push_back(raster::RasterReader(tile).info());
    }
    noteWithoutHeights(scene, 1 - Places(giver).reachedBy(files));
}

} // namespace nunatak::scene
