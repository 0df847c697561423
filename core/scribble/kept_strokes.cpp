// SPDX-License-Identifier: GPL-3.0-or-later
#include "scribble/kept_strokes.h"

#include "geo/paths.h"
#include "outlines/strokes.h"

#include <algorithm>
#include <utility>

namespace nunatak::scribble {

namespace {

/// Without vertices that follow themselves, and of two at least.
geo::Ring asLine(geo::Ring line, double width) {
    const auto repeated = std::ranges::unique(line);
    line.erase(repeated.begin(), repeated.end());
    if (line.size() == 1) {
        const geo::Point middle = line.front();
        line = {{middle.x - width / 4, middle.y}, {middle.x + width / 4, middle.y}};
    }
    return line;
}

} // namespace

std::vector<outlines::OutlineChange> keptStrokes(const std::vector<Stroke>& strokes,
                                                 const StrokeLayers& layers, double width) {
    std::vector<outlines::OutlineChange> kept;
    for (const auto& stroke : strokes) {
        if (stroke.line.empty()) {
            continue;
        }
        outlines::Outline outline;
        outline.uuid = outlines::makeUuid();
        outline.geometry = geo::lineShape(asLine(stroke.line, width));
        outline.attributes[outlines::strokeWidthAttribute] = width;
        kept.push_back(
            {stroke.isIce ? layers.ice : layers.noIce, nullptr, outlines::share(std::move(outline))});
    }
    return kept;
}

} // namespace nunatak::scribble
