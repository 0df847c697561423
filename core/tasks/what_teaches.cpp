// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/what_teaches.h"

#include "base/counted.h"
#include "geo/shape_operations.h"
#include "outlines/strokes.h"
#include "tasks/spoken_ground.h"

#include <vector>

namespace nunatak::tasks {

WhatTeaches whatTeaches(const LearningTask& task) {
    const auto areas = areasOf(task);
    WhatTeaches what;
    what.glaciers = areas.front().glaciers.size();
    what.notGlaciers = areas.front().removed.size();
    what.regions = areas.front().regions.size();
    what.strokes = drawnOn(task.layers, outlines::iceStroke, task.sceneId).size() +
                   drawnOn(task.layers, outlines::noIceStroke, task.sceneId).size();
    for (const auto& area : areas) {
        what.ground += area.lookedAt ? geo::geodesicArea(*area.lookedAt, area.crs) : 0;
    }
    return what;
}

std::string wordsOf(const WhatTeaches& what) {
    const auto many = [](std::size_t number) { return static_cast<long long>(number); };
    std::vector<std::string> parts{counted(many(what.glaciers), "reviewed glacier")};
    if (what.notGlaciers > 0) {
        parts.push_back(std::to_string(what.notGlaciers) + " found to be none");
    }
    if (what.regions > 0) {
        parts.push_back(counted(many(what.regions), "region") + " reviewed whole");
    }
    if (what.strokes > 0) {
        parts.push_back(counted(many(what.strokes), "stroke"));
    }
    std::string words = parts.front();
    for (std::size_t i = 1; i < parts.size(); ++i) {
        words += (i + 1 == parts.size() ? " and " : ", ") + parts[i];
    }
    return words;
}

} // namespace nunatak::tasks
