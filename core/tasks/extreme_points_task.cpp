// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/extreme_points_task.h"

#include "base/counted.h"
#include "base/error.h"
#include "geo/paths.h"
#include "outlines/outline_name.h"
#include "outlines/side_kind.h"
#include "prediction/polygonise.h"
#include "project/project.h"
#include "project/side_outline.h"
#include "project/step_tools.h"
#include "tasks/divides_task.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string_view>
#include <utility>

namespace nunatak::tasks {

namespace {

using outlines::OutlineHandle;

constexpr int mostPixels = 16'000'000; ///< that are in memory at once

geo::Grid gridOf(const geo::Extent& extent, const geo::Grid& posting) {
    const geo::Point first = posting.toPixel({extent.xmin, extent.ymax});
    const geo::Point last = posting.toPixel({extent.xmax, extent.ymin});
    const int left = static_cast<int>(std::floor(first.x));
    const int top = static_cast<int>(std::floor(first.y));
    return posting.window(left, top, static_cast<int>(std::ceil(last.x)) - left,
                          static_cast<int>(std::ceil(last.y)) - top);
}

/// It lies where a model had it, and nobody has judged it.
bool isFound(const outlines::Outline& point) {
    return point.origin == outlines::Origin::Machine && point.attributes.contains(project::heightAttribute) &&
           point.review == outlines::Review::NotReviewed;
}

std::string glacierOf(const outlines::Outline& point) {
    const auto uuid = point.attributes.find(outlines::glacierUuidAttribute);
    return uuid == point.attributes.end() ? std::string() : uuid->second.text();
}

/// The first point of each glacier that has one, by the glacier's UUID.
std::map<std::string, OutlineHandle> byGlacier(const std::vector<OutlineHandle>& points) {
    std::map<std::string, OutlineHandle> all;
    for (const OutlineHandle& point : points) {
        all.emplace(glacierOf(*point), point);
    }
    return all;
}

outlines::Outline placed(const outlines::Outline& glacier, const outlines::SideKind& kind, const HeightAt& at,
                         const OutlineHandle& known) {
    outlines::Outline point = known ? outlines::Outline(*known) : outlines::Outline();
    if (!known) {
        point.uuid = outlines::makeUuid();
    }
    point.geometry = geo::pointShape(at.place);
    point.srcDate = glacier.srcDate;
    point.sceneId = glacier.sceneId;
    point.sensor = glacier.sensor;
    point.origin = outlines::Origin::Machine;
    point.attributes[outlines::lineTypeAttribute] = std::string(kind.term);
    outlines::setGlacierOf(point, &glacier);
    point.attributes[project::heightAttribute] = std::round(at.height * 10) / 10;
    return point;
}

} // namespace

std::optional<ExtremePoints> extremePointsOf(const geo::MultiPolygon& shape,
                                             const divides::Elevation& elevation, const Progress& progress) {
    const geo::Extent extent = geo::extentOf(shape);
    std::optional<ExtremePoints> found;
    if (extent.empty()) {
        return found;
    }
    const geo::Grid grid = gridOf(extent, elevation.posting);
    const int strip = std::max(1, mostPixels / std::max(1, grid.columns));
    for (int top = 0; top < grid.rows; top += strip) {
        progress.report(static_cast<double>(top) / grid.rows, "Reading heights");
        const geo::Grid part = grid.window(0, top, grid.columns, std::min(strip, grid.rows - top));
        const auto inside = prediction::rasterise({shape}, part);
        const Image<float> heights = elevation.read(part, progress.stopToken());
        for (int row = 0; row < part.rows; ++row) {
            for (int column = 0; column < part.columns; ++column) {
                const float height = heights.at(0, row, column);
                if (inside.at(0, row, column) == 0 || !std::isfinite(height)) {
                    continue;
                }
                const HeightAt here{part.toMap(column + 0.5, row + 0.5), height};
                found = found ? found : ExtremePoints{here, here};
                if (here.height > found->highest.height) {
                    found->highest = here;
                }
                if (here.height < found->lowest.height) {
                    found->lowest = here;
                }
            }
        }
    }
    return found;
}

ExtremeRequest extremesOf(const project::Project& project, const ExtremeOptions& options) {
    const auto info = project.layer(options.layer);
    if (info.kind == outlines::LayerKind::Side) {
        throw Error("The layer " + outlines::titleOf(info) +
                    " has no glaciers. Choose glaciers of an inventory.");
    }
    DivideOptions source;
    source.layer = options.layer;
    source.uuids = options.uuids;
    source.elevation = options.elevation;
    return {planDivide(project, source)};
}

void find(ExtremeRequest& request, const Progress& progress) {
    if (request.plan) {
        auto opened = request.plan();
        request.plan = {};
        request.glaciers = std::move(opened.which);
        request.elevation = std::move(opened.elevation);
        std::erase_if(request.glaciers, [](const OutlineHandle& glacier) {
            return glacier->review == outlines::Review::Removed;
        });
    }
    const auto count = static_cast<double>(request.glaciers.size());
    for (std::size_t i = request.found.size(); i < request.glaciers.size(); ++i) {
        const auto at = static_cast<double>(i);
        request.found.push_back(extremePointsOf(request.glaciers[i]->geometry, request.elevation,
                                                progress.part(at / count, (at + 1) / count)));
    }
}

project::LayerStep extremesStep(const project::Project& project, const ExtremeRequest& request) {
    project::LayerStep step;
    int points = 0;
    int kept = 0;
    for (const char* term : {"highest", "lowest"}) {
        const outlines::SideKind& kind = *outlines::sideKindOf(std::string_view(term));
        const auto layer = project::sideLayerOf(project, kind);
        const bool isNew = !project.hasLayer(layer.name);
        const auto there =
            byGlacier(isNew ? std::vector<OutlineHandle>() : project.outlines(layer.name).all());
        std::vector<outlines::OutlineChange> changes;
        for (std::size_t i = 0; i < request.found.size(); ++i) {
            if (!request.found[i]) {
                continue;
            }
            const outlines::Outline& glacier = *request.glaciers[i];
            const auto found = there.find(glacier.uuid);
            const OutlineHandle known = found == there.end() ? nullptr : found->second;
            if (known && !isFound(*known)) {
                ++kept;
                continue;
            }
            const HeightAt& at =
                kind.term == "highest" ? request.found[i]->highest : request.found[i]->lowest;
            changes.push_back({layer.name, known, outlines::share(placed(glacier, kind, at, known))});
        }
        points += static_cast<int>(changes.size());
        if (isNew && !changes.empty()) {
            step.layers.push_back({std::nullopt, layer});
        }
        std::move(changes.begin(), changes.end(), std::back_inserter(step.changes));
    }
    const auto without = std::count(request.found.begin(), request.found.end(), std::nullopt);
    if (without > 0) {
        step.notes.push_back("No point was found in " + counted(without, "glacier") +
                             ": no middle of a pixel of the elevation model with a height lies there.");
    }
    if (kept > 0) {
        step.notes.push_back(counted(kept, "point") + " that somebody placed " +
                             (kept == 1 ? "stays where it is." : "stay where they are."));
    }
    step.description =
        request.glaciers.size() == 1
            ? "Find highest and lowest point of " + outlines::nameInSentence(*request.glaciers.front())
            : "Find highest and lowest points of " +
                  counted(static_cast<long long>(request.glaciers.size()), "glacier");
    step.tool = "extremePoints";
    if (points == 0) {
        step.layers.clear();
    }
    return step;
}

} // namespace nunatak::tasks
