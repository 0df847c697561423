// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/corrections.h"

#include "base/error.h"
#include "geo/shape_operations.h"

#include <set>

namespace nunatak::training {

TrainingArea areaFromCorrections(std::shared_ptr<const scene::SceneReader> scene, const geo::Crs& crs,
                                 const std::vector<outlines::OutlineSet::Handle>& corrected,
                                 const std::vector<outlines::OutlineSet::Handle>& others, double distance) {
    if (corrected.empty()) {
        throw Error(
            "There are no corrected outlines to learn from. Correct some glaciers first, or name another "
            "layer.");
    }
    TrainingArea area;
    area.scene = std::move(scene);
    area.crs = crs;
    std::set<std::string> known;
    for (const auto& outline : corrected) {
        area.glaciers.push_back(outline->geometry);
        known.insert(outline->uuid);
    }
    auto lookedAt = lookedAtAround(area.glaciers, distance);
    const auto bounds = geo::extentOf(lookedAt);
    const auto ice = geo::unionOf(area.glaciers);
    const auto isSuperseded = [&](const outlines::Outline& outline) {
        return known.contains(outline.uuid) || geo::planarArea(geo::intersection(outline.geometry, ice)) >
                                                   geo::planarArea(outline.geometry) / 2;
    };
    std::vector<geo::MultiPolygon> untouched;
    for (const auto& outline : others) {
        if (geo::extentOf(outline->geometry).intersects(bounds) && !isSuperseded(*outline)) {
            untouched.push_back(outline->geometry);
        }
    }
    if (!untouched.empty()) {
        // What was corrected stays looked at, even where another layer draws a glacier over it.
        const auto unknown = geo::difference(geo::unionOf(untouched), ice);
        lookedAt = geo::difference(lookedAt, unknown);
    }
    area.lookedAt = std::move(lookedAt);
    return area;
}

} // namespace nunatak::training
