// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/spoken_ground.h"

#include "geo/paths.h"
#include "geo/shape_operations.h"
#include "outlines/strokes.h"

#include <cmath>
#include <numbers>
#include <string_view>

namespace nunatak::tasks {

std::vector<outlines::OutlineHandle> drawnOn(const std::vector<training::LayerOutlines>& layers,
                                             std::string_view term, const std::string& scene) {
    std::vector<outlines::OutlineHandle> found;
    for (const auto& layer : layers) {
        const auto* kind = outlines::sideKindOf(layer.info);
        if (kind == nullptr || kind->term != term) {
            continue;
        }
        for (const auto& outline : layer.outlines) {
            const bool isOfScene = outline->sceneId.empty() || scene.empty() || outline->sceneId == scene;
            if (isOfScene && outline->review != outlines::Review::Doubtful) {
                found.push_back(outline);
            }
        }
    }
    return found;
}

namespace {

/// Metres; of a stroke that does not say it `usual`.
double widthOf(const outlines::Outline& stroke, double usual) {
    const auto said = stroke.attributes.find(outlines::strokeWidthAttribute);
    if (said == stroke.attributes.end()) {
        return usual;
    }
    const auto* real = said->second.real();
    const auto* whole = said->second.integer();
    const double width = real != nullptr ? *real : whole != nullptr ? static_cast<double>(*whole) : usual;
    return width > 0 && std::isfinite(width) ? width : usual;
}

/// A regular polygon around a vertex, as wide as the stroke.
geo::Polygon knot(geo::Point middle, double width) {
    constexpr int corners = 12;
    geo::Ring ring;
    for (int i = 0; i < corners; ++i) {
        const double angle = -2 * std::numbers::pi * i / corners;
        ring.push_back({middle.x + width / 2 * std::cos(angle), middle.y + width / 2 * std::sin(angle)});
    }
    return {ring, {}};
}

/// The ground along a segment.
geo::Polygon band(geo::Point from, geo::Point to, double width) {
    const double length = std::hypot(to.x - from.x, to.y - from.y);
    const geo::Point aside{(from.y - to.y) / length * width / 2, (to.x - from.x) / length * width / 2};
    return {{{from.x + aside.x, from.y + aside.y},
             {to.x + aside.x, to.y + aside.y},
             {to.x - aside.x, to.y - aside.y},
             {from.x - aside.x, from.y - aside.y}},
            {}};
}

/// The ground along strokes.
geo::MultiPolygon along(const std::vector<outlines::OutlineHandle>& strokes, double usual) {
    std::vector<geo::MultiPolygon> pieces;
    for (const auto& stroke : strokes) {
        const double width = widthOf(*stroke, usual);
        for (const auto& line : geo::linesOf(stroke->geometry)) {
            for (std::size_t i = 0; i < line.size(); ++i) {
                pieces.push_back({knot(line[i], width)});
                if (i > 0 && line[i] != line[i - 1]) {
                    pieces.push_back({band(line[i - 1], line[i], width)});
                }
            }
        }
    }
    return geo::unionOf(pieces);
}

} // namespace

std::vector<geo::MultiPolygon> reviewedRegions(const std::vector<training::LayerOutlines>& layers,
                                               const std::string& scene) {
    std::vector<geo::MultiPolygon> shapes;
    for (const auto& region : drawnOn(layers, reviewedGround, scene)) {
        shapes.push_back(region->geometry);
    }
    return shapes;
}

std::optional<training::TrainingArea> areaFromStrokes(training::TrainingArea& beside,
                                                      const std::vector<training::LayerOutlines>& layers,
                                                      const std::string& scene, double width) {
    const auto iceStrokes = drawnOn(layers, outlines::iceStroke, scene);
    const auto noIceStrokes = drawnOn(layers, outlines::noIceStroke, scene);
    if (iceStrokes.empty() && noIceStrokes.empty()) {
        return std::nullopt;
    }
    auto outlined = beside.glaciers;
    outlined.insert(outlined.end(), beside.removed.begin(), beside.removed.end());
    const auto known = geo::unionOf(outlined);
    const auto ice = geo::difference(along(iceStrokes, width), known);
    auto none = geo::difference(along(noIceStrokes, width), known);
    none = geo::difference(none, ice); // where strokes cross, ice was meant to be seen through
    if (ice.empty() && none.empty()) {
        return std::nullopt;
    }
    training::TrainingArea area;
    if (!ice.empty()) {
        area.glaciers = {ice};
    }
    if (!none.empty()) {
        area.removed = {none};
    }
    area.scene = beside.scene;
    area.crs = beside.crs;
    area.region = beside.region;
    area.lookedAt = geo::unionOf(ice, none);
    area.changed = {*area.lookedAt};
    if (beside.lookedAt) {
        beside.lookedAt = geo::difference(*beside.lookedAt, *area.lookedAt);
    }
    return area;
}

} // namespace nunatak::tasks
