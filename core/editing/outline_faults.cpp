// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/outline_faults.h"

#include "editing/overlapping_lines.h"
#include "geo/invalidity.h"
#include "geo/rings.h"
#include "geo/segments.h"
#include "outlines/outline_name.h"

#include <algorithm>
#include <memory>
#include <set>
#include <tuple>
#include <utility>

namespace nunatak::editing {

namespace {

using geo::Meeting;

/// Where two edges that cross do; rounded.
geo::Point crossing(const geo::Edge& one, const geo::Edge& other) {
    const double dx = one.b.x - one.a.x;
    const double dy = one.b.y - one.a.y;
    const double ex = other.b.x - other.a.x;
    const double ey = other.b.y - other.a.y;
    const double turn = dx * ey - dy * ex;
    return turn == 0 ? one.a
                     : geo::pointAlong(one.a, one.b,
                                       ((other.a.x - one.a.x) * ey - (other.a.y - one.a.y) * ex) / turn);
}

/// The same ring without vertices that follow one in the same place.
geo::Ring withoutRepeats(const geo::Ring& ring) {
    geo::Ring points;
    for (const geo::Point& point : ring) {
        if (points.empty() || points.back() != point) {
            points.push_back(point);
        }
    }
    while (points.size() > 1 && points.back() == points.front()) {
        points.pop_back();
    }
    return points;
}

class Search {
public:
    Search(const std::string& layer, const outlines::SharedOutline& outline)
        : m_layer(layer), m_outline(outline), m_name(outlines::nameInSentence(outline)),
          m_shape(geo::withRings(outline.geometry, withoutRepeats)),
          m_index(std::make_shared<const geo::EdgeIndex>(m_shape)) {}

    std::vector<Finding> run(const geo::Invalidity& told) {
        geo::forEachRing(m_shape, [&](const geo::Ring& ring, int part, int number) {
            for (std::size_t i = 0; i < ring.size(); ++i) {
                lookAt(edgeAt(m_shape, {part, number, static_cast<int>(i)}));
            }
        });
        lookForHolesOutside();
        if (m_found.empty()) {
            const geo::Extent extent = m_outline.extent();
            const geo::Point place = told.place ? *told.place : extent.center();
            add(Fault::NotValid, place, told.place ? at(place) : extent,
                m_name + " is not valid: " + told.reason + ".");
        }
        return std::move(m_found);
    }

private:
    static geo::Extent at(geo::Point place) { return {place.x, place.y, place.x, place.y}; }

    void add(Fault kind, geo::Point place, const geo::Extent& extent, std::string sentence) {
        m_found.push_back({kind, {{m_layer, m_outline.uuid}}, place, extent, 0, std::move(sentence)});
    }

    void addOnce(Fault kind, geo::Point place, const std::string& sentence) {
        if (m_places.insert({place.x, place.y}).second) {
            add(kind, place, at(place), sentence);
        }
    }

    bool areNeighbours(const geo::VertexId& one, const geo::VertexId& other) const {
        const auto size = static_cast<int>(geo::ringOf(m_shape, one.part, one.ring).size());
        return (one.index + 1) % size == other.index || (other.index + 1) % size == one.index;
    }

    void lookAt(const geo::Edge& edge) {
        const auto key = [](const geo::VertexId& id) { return std::tuple(id.part, id.ring, id.index); };
        m_index->visit(m_shape, boxOf(edge), [&](const geo::Edge& other) {
            if (key(other.from) <= key(edge.from)) {
                return;
            }
            const bool isOwn = other.from.part == edge.from.part && other.from.ring == edge.from.ring;
            switch (geo::meet(edge.a, edge.b, other.a, other.b)) {
            case Meeting::None:
                return;
            case Meeting::Cross:
                addOnce(Fault::SelfCrossing, crossing(edge, other), m_name + " crosses itself.");
                return;
            case Meeting::Overlap:
                addOnce(Fault::SelfCrossing, geo::isOn(other.a, edge.a, edge.b) ? other.a : other.b,
                        "The line of " + m_name + " runs over itself.");
                return;
            case Meeting::Touch:
                if (isOwn && !areNeighbours(edge.from, other.from)) {
                    const bool isOnEdge = geo::isOn(other.a, edge.a, edge.b);
                    const bool endsOnEdge = geo::isOn(other.b, edge.a, edge.b);
                    addOnce(Fault::TouchesItself,
                            isOnEdge                              ? other.a
                            : endsOnEdge                          ? other.b
                            : geo::isOn(edge.a, other.a, other.b) ? edge.a
                                                                  : edge.b,
                            m_name + " touches itself.");
                }
                return;
            }
        });
    }

    /// Holes that no line crosses lie in their part or do not.
    void lookForHolesOutside() {
        for (std::size_t part = 0; part < m_shape.size(); ++part) {
            const geo::MultiPolygon outer{{m_shape[part].outer, {}}};
            const Indexed indexed{&outer, std::make_shared<const geo::EdgeIndex>(outer)};
            for (const geo::Ring& hole : m_shape[part].holes) {
                const geo::Extent extent = geo::extentOf({{hole, {}}});
                const bool isCrossed =
                    std::any_of(m_found.begin(), m_found.end(), [&](const Finding& finding) {
                        return finding.kind == Fault::SelfCrossing && finding.extent.intersects(extent);
                    });
                if (!hole.empty() && !isCrossed && !liesWithin(hole, indexed)) {
                    add(Fault::HoleOutside, hole.front(), extent,
                        "A hole of " + m_name + " lies outside of it.");
                }
            }
        }
    }

    const std::string& m_layer;
    const outlines::SharedOutline& m_outline;
    std::string m_name;
    geo::MultiPolygon m_shape;
    EdgeIndices::Index m_index;
    std::vector<Finding> m_found;
    std::set<std::pair<double, double>> m_places;
};

} // namespace

std::vector<Finding> faultsOf(const std::string& layer, const outlines::SharedOutline& outline) {
    const auto told = geo::invalidityOf(outline.geometry);
    if (!told) {
        return {};
    }
    if (!outline.hasSoundRings()) {
        return {{Fault::NotValid,
                 {{layer, outline.uuid}},
                 outline.extent().center(),
                 outline.extent(),
                 0,
                 outlines::nameInSentence(outline) + " is not valid: " + told->reason + "."}};
    }
    return Search(layer, outline).run(*told);
}

} // namespace nunatak::editing
