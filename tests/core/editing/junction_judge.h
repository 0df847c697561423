// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "edited_shapes.h"
#include "editing/boundaries.h"
#include "editing/changed_edges.h"
#include "random_edits.h"
#include "shapes.h"

#include <algorithm>
#include <string>
#include <vector>

namespace nunatak::tests {

/// What becomes of vertices that lie on edges of other outlines.
class JunctionJudge {
public:
    JunctionJudge(Layers& layers, const std::string& layer) : m_layers(layers), m_layer(layer) {}

    /// A vertex of one outline on an edge of another that changes.
    struct Junction {
        geo::Point point;
        std::string ofVertex, ofEdge;
        geo::Point a{}, b{};     ///< the edge
        bool isOfEdited = false; ///< a vertex of the outline that is edited
    };

    std::vector<Junction> junctionsOf(const Operation& operation, const editing::Edit& edit) {
        std::vector<Junction> junctions;
        const auto edited = set().find(operation.ref.uuid);
        for (const auto& change : edit.changes) {
            if (!change.before || !change.after) {
                continue;
            }
            for (const auto& from :
                 editing::changedEdges(change.before->geometry, change.after->geometry).going) {
                const geo::Ring& ring = geo::ringOf(change.before->geometry, from.part, from.ring);
                const auto at = static_cast<std::size_t>(from.index);
                const geo::Point a = ring[at], b = ring[(at + 1) % ring.size()];
                geo::Extent box;
                box.include(a);
                box.include(b);
                for (const auto& other : set().in(box.grown(1))) {
                    if (other->uuid == change.before->uuid) {
                        continue;
                    }
                    m_layers.indices.of(other)->visit(
                        other->geometry, box.grown(1), [&](const geo::Edge& edge) {
                            if (geo::distanceToSegment(edge.a, a, b) <= editing::onLine &&
                                geo::distance(edge.a, a) > onIt && geo::distance(edge.a, b) > onIt) {
                                junctions.push_back({edge.a, other->uuid, change.before->uuid, a, b,
                                                     has(edited->geometry, edge.a)});
                            }
                        });
                }
            }
        }
        return junctions;
    }

    /// A vertex that was on an edge is on its line still, or has gone with it; or it is led on to a line that
    /// was drawn anew.
    std::string leftOf(const std::vector<Junction>& junctions, const Operation& operation) {
        for (const Junction& junction : junctions) {
            const auto one = set().find(junction.ofVertex);
            const auto other = set().find(junction.ofEdge);
            if (!one || !other) {
                continue;
            }
            if (operation.kind <= Operation::Insert && !has(one->geometry, junction.point) &&
                stays(junctions, junction)) {
                return "a vertex of " + junction.ofVertex + " went though it lay on an edge of " +
                       junction.ofEdge + " that kept an end";
            }
            if (!has(one->geometry, junction.point) ||
                geo::distanceToBoundary(other->geometry, junction.point) <= onIt) {
                continue;
            }
            const bool mayBeLed = operation.isRemoval() || !operation.keepsOwners();
            if (!mayBeLed || !isLed(junction.point, one)) {
                return "a vertex of " + junction.ofVertex + " was left by the line of " + junction.ofEdge;
            }
        }
        return {};
    }

private:
    /// What is on an edge goes only where both ends of it do, or where it is what is edited.
    bool stays(const std::vector<Junction>& junctions, const Junction& junction) {
        return std::all_of(junctions.begin(), junctions.end(), [&](const Junction& each) {
            const auto other = set().find(each.ofEdge);
            return each.point != junction.point ||
                   (!each.isOfEdited && other &&
                    (has(other->geometry, each.a) || has(other->geometry, each.b)));
        });
    }

    /// The vertex before or behind this one is on the boundary of another outline.
    bool isLed(geo::Point point, const outlines::OutlineHandle& of) {
        const auto isShared = [&](geo::Point next) {
            const auto near = at(next);
            return std::any_of(near.begin(), near.end(), [&](const auto& other) {
                return other->uuid != of->uuid && geo::distanceToBoundary(other->geometry, next) <= onIt;
            });
        };
        bool isLed = false;
        geo::forEachRing(of->geometry, [&](const geo::Ring& ring, int, int) {
            for (std::size_t i = 0; i < ring.size(); ++i) {
                const geo::Point next = ring[(i + 1) % ring.size()];
                if (ring[i] == point || next == point) {
                    isLed = isLed || isShared(ring[i] == point ? next : ring[i]);
                }
            }
        });
        return isLed;
    }

    std::vector<outlines::OutlineHandle> at(geo::Point point) {
        return set().in(geo::Extent{point.x, point.y, point.x, point.y}.grown(editing::onLine));
    }

    const outlines::OutlineSet& set() { return m_layers.all[m_layer]; }

    Layers& m_layers;
    const std::string& m_layer;
};

} // namespace nunatak::tests
