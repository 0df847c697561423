// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/side_outline.h"

#include "geo/rings.h"
#include "geo/segments.h"
#include "outlines/ground.h"
#include "project/project.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace nunatak::project {

using outlines::LayerInfo;
using outlines::LayerKind;
using outlines::Outline;
using outlines::OutlineHandle;

namespace {

/// Metres from a glacier's line within which what is drawn beside it belongs to it.
constexpr double beside = 1;

/// Where it is looked: the vertices and, of lines, the middles between them.
std::vector<geo::Point> placesOn(const geo::MultiPolygon& shape) {
    std::vector<geo::Point> places;
    geo::forEachVertex(shape, [&](const geo::VertexId&, geo::Point point) { places.push_back(point); });
    for (const geo::Ring& line : geo::linesOf(shape)) {
        for (std::size_t i = 1; i < line.size(); ++i) {
            places.push_back({(line[i - 1].x + line[i].x) / 2, (line[i - 1].y + line[i].y) / 2});
        }
    }
    return places;
}

template <typename Share>
OutlineHandle mostOf(const std::vector<OutlineHandle>& glaciers, const Share& share) {
    OutlineHandle best;
    double most = 0;
    for (const OutlineHandle& glacier : glaciers) {
        if (const double here = share(*glacier); here > most) {
            most = here;
            best = glacier;
        }
    }
    return best;
}

OutlineHandle glacierOf(const Outline& outline, const outlines::OutlineSet& inventory) {
    const outlines::SharedOutline shared(outline);
    std::vector<OutlineHandle> glaciers = inventory.in(shared.extent().grown(beside));
    std::erase_if(glaciers, [](const auto& each) { return each->review == outlines::Review::Removed; });
    const std::vector<geo::Point> places = placesOn(outline.geometry);
    const auto counted = [&](const auto& isAt) {
        return static_cast<double>(std::count_if(places.begin(), places.end(), isAt));
    };
    const bool isPath = geo::isPath(outline.geometry);
    OutlineHandle found = mostOf(glaciers, [&](const outlines::SharedOutline& glacier) {
        return !isPath
                   ? outlines::commonArea(glacier, shared)
                   : counted([&](const geo::Point& place) { return geo::contains(glacier.geometry, place); });
    });
    return found ? found : mostOf(glaciers, [&](const outlines::SharedOutline& glacier) {
        const geo::EdgeIndex edges(glacier.geometry);
        return counted([&](const geo::Point& place) {
            const geo::Extent near = geo::Extent{place.x, place.y, place.x, place.y}.grown(beside);
            bool is = false;
            edges.visit(glacier.geometry, near, [&](const geo::Edge& edge) {
                is = is || geo::distanceToSegment(place, edge.a, edge.b) <= beside;
            });
            return is;
        });
    });
}

} // namespace

LayerInfo sideLayerOf(const Project& project, const outlines::SideKind& kind) {
    for (const LayerInfo& layer : project.layers()) {
        if (outlines::sideKindOf(layer) == &kind) {
            return layer;
        }
    }
    LayerInfo layer{project.freeLayerName(std::string(kind.term)), LayerKind::Side, {}, {}};
    layer.title = kind.title;
    return layer;
}

Outline describedIn(const Project& project, const LayerInfo& layer, Outline outline) {
    if (const outlines::SideKind* kind = outlines::sideKindOf(layer);
        kind != nullptr && outlines::sideKindOf(outline) != kind) {
        outline.attributes[outlines::lineTypeAttribute] = std::string(kind->term);
    }
    const auto inventory = project.inventoryOf(outline.srcDate);
    const OutlineHandle glacier = inventory ? glacierOf(outline, project.outlines(inventory->name)) : nullptr;
    outlines::setGlacierOf(outline, glacier.get());
    return outline;
}

} // namespace nunatak::project
