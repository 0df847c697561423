// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/team/share_preview.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace nunatak::ui::team {

namespace {

/// A ring in the vertices that a small map can show: none is nearer to the one before it than this.
geo::Ring inFewVertices(const geo::Ring& ring, double distance) {
    geo::Ring few;
    for (const geo::Point& point : ring) {
        if (few.empty() || std::hypot(point.x - few.back().x, point.y - few.back().y) >= distance) {
            few.push_back(point);
        }
    }
    return few;
}

} // namespace

SharePreview sharePreview(const outlines::OutlineSet& glaciers, const geo::Crs& crs,
                          const tasks::ShareChoice& choice, const Progress& progress) {
    SharePreview preview;
    preview.extent = glaciers.extent();
    constexpr double pixels = 800; // of the map's longer side, at most
    const double pixel = std::max(preview.extent.width(), preview.extent.height()) / pixels;
    for (auto& wanted : tasks::shareOut(glaciers, crs, choice)) {
        progress.throwIfStopped();
        SharePreview::Part part;
        part.name = wanted.name;
        geo::Point sum;
        for (const std::string& uuid : wanted.uuids) {
            const auto glacier = glaciers.find(uuid);
            if (!glacier) {
                continue;
            }
            part.area += glacier->area();
            const geo::Point centre = glacier->extent().center();
            sum = {sum.x + centre.x, sum.y + centre.y};
            for (const geo::Polygon& polygon : glacier->geometry) {
                part.rings.push_back(inFewVertices(polygon.outer, pixel));
            }
        }
        const auto count = static_cast<double>(std::max<std::size_t>(wanted.uuids.size(), 1));
        part.middle = {sum.x / count, sum.y / count};
        part.wanted = std::move(wanted);
        preview.parts.push_back(std::move(part));
    }
    return preview;
}

} // namespace nunatak::ui::team
