// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/source_images.h"

#include "base/error.h"
#include "geo/antimeridian.h"
#include "project/project.h"

#include <algorithm>

namespace nunatak::tasks {

namespace {

/// The edge of a scene in longitude and latitude; around a pole the belt of latitudes that it reaches.
geo::MultiPolygon footprintOf(const geo::Grid& grid) {
    const geo::CoordinateTransform toDegrees(grid.crs, geo::Crs::fromUserInput("EPSG:4326"));
    constexpr int steps = 8; // of a side: a straight line of a projection is none in degrees
    const geo::Extent box = grid.extent();
    const geo::Ring corners{
        {box.xmin, box.ymin}, {box.xmax, box.ymin}, {box.xmax, box.ymax}, {box.xmin, box.ymax}};
    geo::Ring edge;
    for (std::size_t i = 0; i < corners.size(); ++i) {
        const geo::Point a = corners[i];
        const geo::Point b = corners[(i + 1) % corners.size()];
        for (int k = 0; k < steps; ++k) {
            const double share = static_cast<double>(k) / steps;
            edge.push_back({a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)});
        }
    }
    toDegrees.apply(edge);
    geo::MultiPolygon footprint{{edge, {}}};
    try {
        geo::unwrap(footprint);
        return footprint;
    } catch (const Error&) {
        geo::Extent reached = geo::extentOf(footprint);
        (reached.ymax > 0 ? reached.ymax : reached.ymin) = reached.ymax > 0 ? 90 : -90;
        return {{{{-180, reached.ymin}, {180, reached.ymin}, {180, reached.ymax}, {-180, reached.ymax}}, {}}};
    }
}

} // namespace

std::vector<exchange::SourceImage> imagesOf(const project::Project& project,
                                            const std::vector<outlines::OutlineHandle>& outlines) {
    std::vector<exchange::SourceImage> images;
    for (const scene::Scene& scene : project.scenes()) {
        const bool isUsed =
            std::any_of(outlines.begin(), outlines.end(),
                        [&](const outlines::OutlineHandle& outline) { return outline->sceneId == scene.id; });
        if (isUsed) {
            const std::string time =
                scene.date.empty() || scene.time.empty() ? std::string() : "T" + scene.time + "Z";
            images.push_back({scene.id, scene.name, scene.product, scene.sensor, scene.date + time,
                              footprintOf(scene.grid), scene.sunAzimuth, scene.sunElevation});
        }
    }
    return images;
}

} // namespace nunatak::tasks
