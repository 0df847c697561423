// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "edited_shapes.h"
#include "editing/boundaries.h"
#include "editing/changed_edges.h"
#include "random_edits.h"
#include "shapes.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace nunatak::tests {

/// Whose vertices and lines are whose before and after an edit.
class OwnerJudge {
public:
    OwnerJudge(Layers& layers, const std::string& layer) : m_layers(layers), m_layer(layer) {}

    using Owners = std::map<Key, std::set<std::string>>;

    /// The outlines of each vertex of one that changes.
    Owners ownersOf(const editing::Edit& edit) {
        Owners owners;
        for (const auto& change : edit.changes) {
            geo::forEachVertex(change.before->geometry, [&](const geo::VertexId&, geo::Point point) {
                owners[{point.x, point.y}];
            });
        }
        for (const auto& outline : set().in(around(edit))) {
            geo::forEachVertex(outline->geometry, [&](const geo::VertexId&, geo::Point point) {
                if (const auto found = owners.find({point.x, point.y}); found != owners.end()) {
                    found->second.insert(outline->uuid);
                }
            });
        }
        return owners;
    }

    std::string lostBy(const Operation& operation, const editing::Edit& edit, const Owners& owners,
                       bool isOneOverOthers) {
        // Of a part with fewer than three vertices nothing is left.
        std::set<std::string> withoutPart;
        for (const auto& change : edit.changes) {
            // Nor has what crosses itself sides, of which one stays where a straight line cuts it.
            const bool isCut = change.before->uuid != operation.ref.uuid &&
                               !geo::invalidReason(change.before->geometry).empty();
            if (change.after && (isCut || ringsOf(*change.after) < ringsOf(*change.before))) {
                withoutPart.insert(change.before->uuid);
            }
        }
        for (const auto& [point, who] : owners) {
            std::set<std::string> lost;
            for (const std::string& uuid : who) {
                const auto outline = set().find(uuid);
                if (!outline || !has(outline->geometry, {point.first, point.second})) {
                    lost.insert(uuid);
                }
            }
            const bool isKept = lost.size() < who.size();
            if (operation.isRemoval()) {
                std::erase_if(lost, [&](const std::string& uuid) { return withoutPart.contains(uuid); });
            }
            // Where others cannot follow, a removed vertex stays theirs: lines that branch off are led on to
            // the straight one, and what touched in a point does so no more.
            // Where lines lie over each other it may be those of several.
            const bool isLeft = operation.isRemoval() &&
                                (isOneOverOthers ? lost.contains(operation.ref.uuid)
                                                 : lost == std::set<std::string>{operation.ref.uuid});
            if (!lost.empty() && isKept && !isLeft) {
                return "a vertex is of " + std::to_string(who.size() - lost.size()) + " of " +
                       std::to_string(who.size()) + " owners";
            }
        }
        return {};
    }

    /// What changes has outlines on both sides: each edge that goes is one of two rings. What is not valid
    /// has no area.
    bool isWithinTheWhole(const editing::Edit& edit) {
        std::set<Edge> going;
        for (const auto& change : edit.changes) {
            if (!change.after || !geo::invalidReason(change.before->geometry).empty()) {
                return false;
            }
            for (const auto& from :
                 editing::changedEdges(change.before->geometry, change.after->geometry).going) {
                const geo::Ring& ring = geo::ringOf(change.before->geometry, from.part, from.ring);
                going.insert(edgeAt(ring, static_cast<std::size_t>(from.index)));
            }
        }
        std::map<Edge, int> uses;
        for (const auto& outline : set().in(around(edit))) {
            geo::forEachRing(outline->geometry, [&](const geo::Ring& ring, int, int) {
                for (std::size_t i = 0; i < ring.size(); ++i) {
                    if (const Edge edge = edgeAt(ring, i); going.contains(edge)) {
                        ++uses[edge];
                    }
                }
            });
        }
        return std::all_of(going.begin(), going.end(),
                           [&](const Edge& edge) { return uses[edge] == 2 || isBetweenTwo(edge); });
    }

    /// A vertex that came lies so near to the line of another that it should be on it, and is none of it.
    std::string unshared(const editing::Edit& edit) {
        std::string wrong;
        forEachNew(edit, [&](const outlines::OutlineHandle& of, geo::Point point) {
            for (const auto& other : at(point)) {
                if (other->uuid != of->uuid && !has(other->geometry, point) &&
                    geo::distanceToBoundary(other->geometry, point) < editing::onLine) {
                    wrong = "a new vertex of " + of->uuid + " lies on the line of " + other->uuid +
                            " and is none of it";
                }
            }
        });
        return wrong;
    }

    /// A vertex that came is beside one of another outline, and only rounding sets them apart.
    std::string nearlyTheSame(const editing::Edit& edit) {
        std::string wrong;
        forEachNew(edit, [&](const outlines::OutlineHandle& of, geo::Point point) {
            for (const auto& other : at(point)) {
                geo::forEachVertex(other->geometry, [&](const geo::VertexId&, geo::Point there) {
                    if (other->uuid != of->uuid && there != point &&
                        geo::distance(there, point) <= editing::onLine) {
                        wrong = "a new vertex of " + of->uuid + " is nearly one of " + other->uuid;
                    }
                });
            }
        });
        return wrong;
    }

private:
    /// Another outline lies on either side of all of an edge, though they have other vertices there.
    bool isBetweenTwo(const Edge& edge) {
        const geo::Point a{edge.first.first, edge.first.second}, b{edge.second.first, edge.second.second};
        const double length = geo::distance(a, b);
        geo::Extent box;
        box.include(a);
        box.include(b);
        const auto near = set().in(box.grown(1));
        std::vector<double> shares{0, 1}; // where others' lines come to it
        for (const auto& outline : near) {
            m_layers.indices.of(outline)->visit(outline->geometry, box.grown(1), [&](const geo::Edge& other) {
                if (geo::distanceToSegment(other.a, a, b) <= editing::onLine) {
                    shares.push_back(geo::along(other.a, a, b));
                }
            });
        }
        std::sort(shares.begin(), shares.end());
        constexpr double aside = 1e-4; // m
        for (std::size_t i = 0; i + 1 < shares.size(); ++i) {
            if ((shares[i + 1] - shares[i]) * length < 10 * aside) {
                continue;
            }
            const geo::Point middle = geo::pointAlong(a, b, (shares[i] + shares[i + 1]) / 2);
            std::set<std::string> beside;
            for (const double side : {-aside / length, aside / length}) {
                const geo::Point place{middle.x - side * (b.y - a.y), middle.y + side * (b.x - a.x)};
                int covering = 0;
                for (const auto& outline : near) {
                    if (geo::whereIs(place, outline->geometry, *m_layers.indices.of(outline)) ==
                        geo::Where::Inside) {
                        ++covering;
                        beside.insert(outline->uuid);
                    }
                }
                if (covering != 1) {
                    return false;
                }
            }
            if (beside.size() != 2) { // one outline's, with a hole between that is narrower than that
                return false;
            }
        }
        return true;
    }

    std::vector<outlines::OutlineHandle> at(geo::Point point) {
        return set().in(geo::Extent{point.x, point.y, point.x, point.y}.grown(editing::onLine));
    }

    const outlines::OutlineSet& set() { return m_layers.all[m_layer]; }

    Layers& m_layers;
    const std::string& m_layer;
};

} // namespace nunatak::tests
