// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/divide_outlines.h"

#include "editing/gate.h"
#include "editing/gate_neighbours.h"
#include "editing/parts.h"
#include "editing/points_on_lines.h"
#include "geo/rings.h"
#include "geo/shape_operations.h"
#include "outlines/outline_attributes.h"
#include "outlines/outline_name.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <map>
#include <numeric>
#include <set>
#include <utility>

namespace nunatak::editing {

namespace {

using outlines::Outline;
using outlines::OutlineHandle;
using outlines::OutlineRef;

struct BeforePoint {
    bool operator()(geo::Point a, geo::Point b) const { return a.x != b.x ? a.x < b.x : a.y < b.y; }
};

/// Ids of single outlines that were given to a part.
using GivenIds = std::set<std::pair<std::string, std::string>>;

/// Of several parts that are one glacier of an earlier inventory the first has what names one outline alone.
void identify(Outline& outline, const Identity& identity, GivenIds& given) {
    outline.name = identity.name;
    outline.attributes = identity.attributes;
    outline.describedShape = identity.describedShape;
    const auto ids = outlines::ownIds(outline);
    const bool isFirst =
        std::none_of(ids.begin(), ids.end(), [&](const auto& id) { return given.contains(id); });
    if (isFirst) {
        given.insert(ids.begin(), ids.end());
    } else {
        outlines::dropOwnIds(outline);
    }
}

using Points = std::set<geo::Point, BeforePoint>;

Points pointsOf(std::span<const geo::MultiPolygon> shapes) {
    Points points;
    for (const geo::MultiPolygon& shape : shapes) {
        geo::forEachVertex(shape, [&](const geo::VertexId&, geo::Point point) { points.insert(point); });
    }
    return points;
}

std::vector<geo::Point> notIn(const Points& known, const Points& points) {
    std::vector<geo::Point> left;
    std::set_difference(points.begin(), points.end(), known.begin(), known.end(), std::back_inserter(left),
                        BeforePoint());
    return left;
}

/// The shapes of the parts, with the vertices that the outline has got since they were found: where the
/// divide of a neighbour ends at its line.
std::vector<geo::MultiPolygon> shapesNow(const Division& division, const Points& own) {
    std::vector<geo::MultiPolygon> shapes;
    for (const DividedPart& part : division.parts) {
        shapes.push_back(part.shape);
    }
    const std::vector<geo::Point> missing = notIn(pointsOf(shapes), own);
    for (geo::MultiPolygon& shape : missing.empty() ? std::span<geo::MultiPolygon>() : std::span(shapes)) {
        const geo::EdgeIndex index(shape);
        PointsOnShape onLines;
        for (const geo::Point& point : missing) {
            onLines.add(point, shape, index);
        }
        applySplices(onLines.splices(), shape);
    }
    return shapes;
}

/// Of the parts, the largest first.
std::vector<std::size_t> byArea(const std::vector<geo::MultiPolygon>& parts) {
    std::vector<double> areas;
    areas.reserve(parts.size());
    for (const geo::MultiPolygon& part : parts) {
        areas.push_back(geo::planarArea(part));
    }
    std::vector<std::size_t> order(parts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return areas[a] > areas[b]; });
    return order;
}

Divided::Into divideOne(Draft& draft, const Division& division, GivenIds& given) {
    const OutlineHandle before = draft.require(division.ref);
    if (!takesGround(*before)) {
        throw Refused("It was found to be no glacier.", std::nullopt);
    }
    const auto identifyAs = [&given](Outline& outline, const DividedPart& part) {
        if (part.identity) {
            identify(outline, *part.identity, given);
        }
    };
    if (division.parts.size() < 2) {
        Outline outline = *before;
        identifyAs(outline, division.parts.front());
        draft.put(division.ref.layer, std::move(outline));
        return {division.ref, {division.ref}};
    }
    const Points own = pointsOf(std::span(&before->geometry, 1));
    std::vector<geo::MultiPolygon> shapes = shapesNow(division, own);
    PointsOnLines onLines(draft, division.ref);
    for (const geo::Point& point : notIn(own, pointsOf(shapes))) {
        onLines.add(point);
    }
    const std::vector<std::size_t> order = byArea(shapes);
    std::vector<geo::MultiPolygon> pieces;
    for (const std::size_t part : order) {
        pieces.push_back(std::move(shapes[part]));
    }
    const std::vector<OutlineRef> refs = putPieces(
        draft, division.ref, std::move(pieces), onLines.reshapes(),
        [&](std::size_t piece, Outline& outline) { identifyAs(outline, division.parts[order[piece]]); });
    Divided::Into into{division.ref, std::vector<OutlineRef>(refs.size())};
    for (std::size_t i = 0; i < refs.size(); ++i) {
        into.parts[order[i]] = refs[i];
    }
    return into;
}

/// Layers as they become, division by division. Each is judged in a draft of its own: what thousands before
/// it changed is part of the layer then, found through its index, and what is refused leaves nothing behind.
class Divisions {
public:
    explicit Divisions(const Draft& draft) : m_draft(draft) {}

    Divided::Into divide(const Division& division) {
        Draft draft([this](const std::string& layer) { return now(layer); }, m_draft.indices());
        GivenIds given = m_given;
        Divided::Into into = divideOne(draft, division, given);
        m_given = std::move(given); // of what is refused none was
        for (outlines::OutlineChange& change : draft.edit({}, std::nullopt).changes) {
            take(std::move(change));
        }
        return into;
    }

    std::vector<outlines::OutlineChange> take() { return std::move(m_changes); }

private:
    DraftLayer now(const std::string& layer) {
        const auto [found, isNew] = m_layers.try_emplace(layer);
        if (isNew) {
            constexpr double infinite = std::numeric_limits<double>::max();
            for (const OutlineHandle& outline :
                 m_draft.near(layer, {-infinite, -infinite, infinite, infinite})) {
                found->second.put(outline);
            }
        }
        return {&found->second, m_draft.mayOverlap(layer)};
    }

    void take(outlines::OutlineChange change) {
        m_layers.at(change.layer).put(change.after);
        const auto [place, isNew] =
            m_places.try_emplace({change.layer, change.after->uuid}, m_changes.size());
        if (isNew) {
            m_changes.push_back(std::move(change));
            return;
        }
        outlines::OutlineChange& known = m_changes[place->second];
        known.after = std::move(change.after);
        known.isAlong = known.isAlong && change.isAlong;
    }

    const Draft& m_draft;
    GivenIds m_given;
    std::map<std::string, outlines::OutlineSet> m_layers;
    std::vector<outlines::OutlineChange> m_changes;
    std::map<OutlineRef, std::size_t> m_places; ///< in them
};

std::string describe(const Draft& draft, const std::vector<Divided::Into>& done) {
    const std::size_t parts =
        std::accumulate(done.begin(), done.end(), std::size_t{0},
                        [](std::size_t sum, const Divided::Into& into) { return sum + into.parts.size(); });
    const std::string what = done.size() == 1 ? outlines::nameInSentence(*draft.require(done[0].outline))
                                              : std::to_string(done.size()) + " glaciers";
    return parts == done.size() ? "Give " + what + (parts == 1 ? " its name" : " their names")
                                : "Divide " + what + " into " + std::to_string(parts);
}

} // namespace

Divided divideOutlines(const Draft& draft, std::span<const Division> divisions, const Progress& progress) {
    Divided divided;
    Divisions all(draft);
    for (std::size_t i = 0; i < divisions.size(); ++i) {
        const Division& division = divisions[i];
        progress.report(static_cast<double>(i) / static_cast<double>(divisions.size()), "Dividing outlines");
        const bool isNamed = std::any_of(division.parts.begin(), division.parts.end(),
                                         [](const DividedPart& part) { return part.identity.has_value(); });
        if (division.parts.empty() || (division.parts.size() < 2 && !isNamed)) {
            continue;
        }
        try {
            divided.done.push_back(all.divide(division));
        } catch (const Refused& refused) {
            divided.left.push_back({division.ref, refused.what()});
        }
    }
    if (!divided.done.empty()) {
        divided.edit.description = describe(draft, divided.done);
        divided.edit.changes = all.take();
        divided.edit.tool = "divide";
        if (divided.done.size() == 1) {
            divided.edit.then = divided.done[0].outline;
        }
    }
    return divided;
}

} // namespace nunatak::editing
