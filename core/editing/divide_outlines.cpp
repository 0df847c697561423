// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/divide_outlines.h"

#include "editing/gate.h"
#include "editing/gate_neighbours.h"
#include "editing/points_on_lines.h"
#include "geo/rings.h"
#include "geo/shape_operations.h"
#include "outlines/outline_name.h"

#include <algorithm>
#include <numeric>
#include <set>

namespace nunatak::editing {

namespace {

using outlines::Outline;
using outlines::OutlineHandle;
using outlines::OutlineRef;

struct BeforePoint {
    bool operator()(geo::Point a, geo::Point b) const { return a.x != b.x ? a.x < b.x : a.y < b.y; }
};

void identify(Outline& outline, const Identity& identity) {
    outline.name = identity.name;
    outline.attributes = identity.attributes;
    outline.describedShape = identity.describedShape;
}

/// Vertices that the parts have on the outline's line or within it, and the outline has not.
std::vector<geo::Point> newPoints(const Outline& before, const Division& division) {
    std::set<geo::Point, BeforePoint> known;
    geo::forEachVertex(before.geometry, [&](const geo::VertexId&, geo::Point point) { known.insert(point); });
    std::vector<geo::Point> points;
    for (const DividedPart& part : division.parts) {
        geo::forEachVertex(part.shape, [&](const geo::VertexId&, geo::Point point) {
            if (known.insert(point).second) {
                points.push_back(point);
            }
        });
    }
    return points;
}

Divided::Into divideOne(Draft& draft, const Division& division) {
    const OutlineHandle before = draft.require(division.ref);
    if (!takesGround(*before)) {
        throw Refused("It was found to be no glacier.", std::nullopt);
    }
    const auto largest = static_cast<std::size_t>(
        std::max_element(division.parts.begin(), division.parts.end(),
                         [](const DividedPart& a, const DividedPart& b) {
                             return geo::planarArea(a.shape) < geo::planarArea(b.shape);
                         }) -
        division.parts.begin());
    const bool isParted = division.parts.size() > 1;
    Divided::Into into{division.ref, {}};
    std::vector<Reshape> changes;
    for (std::size_t i = 0; i < division.parts.size(); ++i) {
        const DividedPart& part = division.parts[i];
        Outline outline = *before;
        if (isParted) {
            outline.review = outlines::Review::NotReviewed;
            outline.reviewRecord = {};
        }
        if (i != largest) {
            outline.uuid = outlines::makeUuid();
            outline.geometry.clear(); // the gate looks at what comes
        }
        if (part.identity) {
            identify(outline, *part.identity);
        }
        into.parts.push_back({division.ref.layer, outline.uuid});
        draft.put(division.ref.layer, std::move(outline));
        changes.insert(i == largest ? changes.begin() : changes.end(),
                       Reshape{into.parts.back(), {}, part.shape});
    }
    if (isParted) {
        PointsOnLines onLines(draft, division.ref);
        for (const geo::Point& point : newPoints(*before, division)) {
            onLines.add(point);
        }
        for (Reshape& beside : onLines.reshapes()) {
            changes.push_back(std::move(beside));
        }
        draft.reshape(std::move(changes));
    }
    return into;
}

std::string describe(const Draft& draft, const std::vector<Divided::Into>& done) {
    const std::size_t parts =
        std::accumulate(done.begin(), done.end(), std::size_t{0},
                        [](std::size_t sum, const Divided::Into& into) { return sum + into.parts.size(); });
    const std::string what = done.size() == 1 ? outlines::nameInSentence(*draft.require(done[0].outline))
                                              : std::to_string(done.size()) + " glaciers";
    return "Divide " + what + " into " + std::to_string(parts);
}

} // namespace

Divided divideOutlines(Draft draft, std::span<const Division> divisions) {
    Divided divided;
    const Draft before = draft;
    for (const Division& division : divisions) {
        const bool isNamed = std::any_of(division.parts.begin(), division.parts.end(),
                                         [](const DividedPart& part) { return part.identity.has_value(); });
        if (division.parts.empty() || (division.parts.size() < 2 && !isNamed)) {
            continue;
        }
        Draft tried = draft;
        try {
            divided.done.push_back(divideOne(tried, division));
            draft = std::move(tried);
        } catch (const Refused& refused) {
            divided.left.push_back({division.ref, refused.what()});
        }
    }
    if (!divided.done.empty()) {
        divided.edit =
            draft.edit(describe(before, divided.done),
                       divided.done.size() == 1 ? std::optional(divided.done[0].outline) : std::nullopt);
        divided.edit.tool = "divide";
    }
    return divided;
}

} // namespace nunatak::editing
