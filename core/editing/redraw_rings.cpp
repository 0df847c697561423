// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/redraw_rings.h"

#include "geo/rings.h"
#include "geo/shape_operations.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <tuple>

namespace nunatak::editing {

namespace {

using RingKey = std::pair<int, int>;

geo::Polygon& partOf(geo::MultiPolygon& shape, int part) {
    return shape[static_cast<std::size_t>(part)];
}

using Place = std::tuple<int, int, int>; // part, ring, vertex
using Places = std::map<std::pair<double, double>, Place>;

struct PlacedRing {
    Place first; ///< the least among the vertices that were there before
    geo::Ring ring;
};

/// Begins with the vertex that came first before, and runs as before.
PlacedRing placed(geo::Ring ring, const Places& places) {
    constexpr int none = std::numeric_limits<int>::max() - 1; // one more is a number, too
    const auto placeOf = [&](geo::Point point) {
        const auto found = places.find({point.x, point.y});
        return found != places.end() ? found->second : Place{none, none, none};
    };
    std::size_t first = 0;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        first = placeOf(ring[i]) < placeOf(ring[first]) ? i : first;
    }
    std::rotate(ring.begin(), ring.begin() + static_cast<std::ptrdiff_t>(first), ring.end());
    const Place start = placeOf(ring.front());
    std::size_t forward = 0;
    std::size_t back = 0;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const auto [part, number, index] = placeOf(ring[i]);
        const Place next = placeOf(ring[i + 1]);
        forward += next == Place{part, number, index + 1} ? 1U : 0U;
        back += index > 0 && next == Place{part, number, index - 1} ? 1U : 0U;
    }
    if (back > forward) {
        std::reverse(ring.begin() + 1, ring.end());
    }
    return {start, std::move(ring)};
}

} // namespace

std::vector<RingSplice> verticesAt(std::vector<StrokeMeeting> meetings) {
    std::map<std::tuple<int, int, int>, std::vector<StrokeMeeting>> byEdge;
    for (StrokeMeeting& meeting : meetings) {
        if (meeting.along > 0) {
            byEdge[{meeting.edge.part, meeting.edge.ring, meeting.edge.index}].push_back(meeting);
        }
    }
    std::vector<RingSplice> splices;
    for (auto& [edge, onEdge] : byEdge) {
        std::sort(onEdge.begin(), onEdge.end(),
                  [](const auto& one, const auto& other) { return one.along < other.along; });
        const auto& [part, ring, index] = edge;
        splices.push_back({part, ring, static_cast<std::size_t>(index) + 1, 0, {}});
        for (const StrokeMeeting& meeting : onEdge) {
            splices.back().added.push_back(meeting.point);
        }
    }
    return splices;
}

geo::MultiPolygon inOrderOf(const geo::MultiPolygon& before, geo::MultiPolygon shape) {
    Places places;
    geo::forEachVertex(before, [&](const geo::VertexId& vertex, geo::Point point) {
        places.try_emplace({point.x, point.y}, vertex.part, vertex.ring, vertex.index);
    });
    std::vector<std::pair<Place, geo::Polygon>> parts;
    for (geo::Polygon& polygon : shape) {
        PlacedRing outer = placed(std::move(polygon.outer), places);
        std::vector<PlacedRing> holes;
        for (geo::Ring& hole : polygon.holes) {
            holes.push_back(placed(std::move(hole), places));
        }
        std::stable_sort(holes.begin(), holes.end(),
                         [](const auto& one, const auto& other) { return one.first < other.first; });
        parts.push_back({outer.first, {std::move(outer.ring), {}}});
        for (PlacedRing& hole : holes) {
            parts.back().second.holes.push_back(std::move(hole.ring));
        }
    }
    std::stable_sort(parts.begin(), parts.end(),
                     [](const auto& one, const auto& other) { return one.first < other.first; });
    geo::MultiPolygon ordered;
    for (auto& [first, polygon] : parts) {
        ordered.push_back(std::move(polygon));
    }
    return ordered;
}

LeftBehind leftBehind(const geo::MultiPolygon& shape, const geo::EdgeIndex& index,
                      const std::vector<Excursion>& excursions) {
    const auto isDrawn = [&](int part, int ring) {
        return std::any_of(excursions.begin(), excursions.end(), [&](const Excursion& excursion) {
            return excursion.from.edge.part == part && excursion.from.edge.ring == ring;
        });
    };
    LeftBehind left;
    for (const Excursion& excursion : excursions) {
        const int own = excursion.from.edge.part;
        const int ownRing = excursion.from.edge.ring;
        const geo::Ring& before = geo::ringOf(shape, own, ownRing);
        const geo::Ring area = areaBetween(excursion, shape);
        std::vector<int> swallowed;
        index.visitRings(geo::extentOf({{area, {}}}), [&](int part, int ring) {
            const geo::Ring& other = geo::ringOf(shape, part, ring);
            if (isDrawn(part, ring) || other.empty() || !geo::isInside(area, other.front())) {
                return;
            }
            const bool wasInside = geo::isInside(before, other.front());
            if (part == own && ring > 0 && wasInside == (ownRing == 0)) {
                left.holes.emplace(part, ring); // was in ice, and is no more
            } else if (part != own && ring == 0 && wasInside == (ownRing > 0)) {
                swallowed.push_back(part);
            }
        });
        for (const int part : swallowed) {
            const geo::Point place = geo::ringOf(shape, part, 0).front();
            const bool isIsland = std::any_of(swallowed.begin(), swallowed.end(), [&](int other) {
                return other != part && geo::isInside(geo::ringOf(shape, other, 0), place);
            });
            if (!isIsland) {
                left.swallowed.emplace_back(own, part);
            }
        }
    }
    return left;
}

void removeLeftBehind(const LeftBehind& left, geo::MultiPolygon& shape, std::vector<RingSplice>& splices) {
    // Holes from the last one, so that the numbers of those before stay true.
    for (auto hole = left.holes.rbegin(); hole != left.holes.rend(); ++hole) {
        const auto& [part, ring] = *hole;
        auto& holes = partOf(shape, part).holes;
        holes.erase(holes.begin() + ring - 1);
    }
    for (RingSplice& splice : splices) {
        splice.ring -=
            static_cast<int>(std::count_if(left.holes.begin(), left.holes.end(), [&](const RingKey& hole) {
                return hole.first == splice.part && hole.second < splice.ring;
            }));
    }
    std::set<int> gone;
    for (const auto& [part, other] : left.swallowed) {
        if (gone.insert(other).second) {
            auto& holes = partOf(shape, part).holes;
            auto& its = partOf(shape, other).holes;
            holes.insert(holes.end(), std::make_move_iterator(its.begin()),
                         std::make_move_iterator(its.end()));
        }
    }
    for (auto part = gone.rbegin(); part != gone.rend(); ++part) {
        shape.erase(shape.begin() + *part);
    }
    for (RingSplice& splice : splices) {
        splice.part -= static_cast<int>(
            std::count_if(gone.begin(), gone.end(), [&](int part) { return part < splice.part; }));
    }
}

geo::MultiPolygon withRingAcrossOthers(geo::MultiPolygon drawn, int part, int ring) {
    const geo::Ring& line = geo::ringOf(drawn, part, ring);
    const geo::Point place = line.front();
    const geo::MultiPolygon within{{line, {}}};
    if (!geo::invalidReason(within).empty()) {
        throw Refused("The line would cross itself.", place);
    }
    geo::MultiPolygon result;
    if (ring == 0) {
        geo::MultiPolygon holes;
        for (const geo::Ring& hole : partOf(drawn, part).holes) {
            holes.push_back({hole, {}});
        }
        result = holes.empty() ? within : geo::difference(within, holes);
    } else {
        geo::Polygon others = partOf(drawn, part);
        others.holes.erase(others.holes.begin() + ring - 1);
        result = geo::difference({others}, within);
    }
    drawn.erase(drawn.begin() + part);
    if (!drawn.empty()) {
        result = geo::unionOf(result, drawn);
    }
    if (result.empty()) {
        throw Refused("Nothing of it would stay.", place);
    }
    return result;
}

geo::MultiPolygon withCrossedRings(const geo::MultiPolygon& shape, const std::vector<Excursion>& excursions) {
    const Excursion& excursion = excursions.front();
    if (excursions.size() > 1) {
        throw Refused("Too many lines are crossed.", excursion.from.point);
    }
    geo::MultiPolygon drawn = shape;
    applySplices(verticesAt(excursion.crossings), drawn);
    applySplices(std::vector{spliceOf(excursion, shape)}, drawn); // its ring has no crossing inserted
    return inOrderOf(
        shape, withRingAcrossOthers(std::move(drawn), excursion.from.edge.part, excursion.from.edge.ring));
}

} // namespace nunatak::editing
