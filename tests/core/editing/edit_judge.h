// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/boundaries.h"
#include "editing/changed_edges.h"
#include "geo/shape_operations.h"
#include "random_edits.h"
#include "shapes.h"

#include <bit>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace nunatak::tests {

/// The same to the last bit, which == is not for 0 and -0.
inline bool haveSameBits(const geo::MultiPolygon& a, const geo::MultiPolygon& b) {
    const auto bits = [](const geo::MultiPolygon& shape) {
        std::vector<std::uint64_t> all;
        geo::forEachVertex(shape, [&](const geo::VertexId& id, geo::Point point) {
            for (const int number : {id.part, id.ring, id.index}) {
                all.push_back(static_cast<std::uint64_t>(number));
            }
            all.push_back(std::bit_cast<std::uint64_t>(point.x));
            all.push_back(std::bit_cast<std::uint64_t>(point.y));
        });
        return all;
    };
    return bits(a) == bits(b);
}

/// Does edits, takes them back, and says what is wrong with one. Knows nothing of how an edit was made: it
/// looks at whole outlines, by GEOS.
class EditJudge {
public:
    EditJudge(Layers& layers, std::string layer) : m_layers(layers), m_layer(std::move(layer)) {}

    static constexpr double noArea = 1e-3; ///< m²: a metre of line, rounded

    /// Empty where it is right. The edit is done then where `stays`, else taken back.
    std::string judged(const Operation& operation, const editing::Edit& edit, bool stays) {
        const bool isTogether = operation.neighbours == editing::Neighbours::Together && operation.isLine();
        const bool isInner = isTogether && isWithinTheWhole(edit);
        const double areaBefore = areaOf(edit, true);
        const Owners owners = isTogether ? ownersOf(edit) : Owners();
        const Areas overlaps = overlapsOf(edit, true);
        m_layers.commit(edit);
        std::string wrong = othersOf(operation, edit);
        note(wrong, validityOf(edit));
        note(wrong, overlapsNow(operation, overlaps, overlapsOf(edit, false)));
        note(wrong, nearlyTheSame(edit));
        if (operation.kind == Operation::Ground) {
            ++grounds;
            note(wrong, groundOf(operation, edit, overlaps));
        }
        if (isTogether) {
            ++together;
            note(wrong, operation.keepsOwners() ? lostBy(operation, edit, owners) : std::string());
            // Where a line is led through holes, lines of others may end on those of third ones: seen where
            // these change. Of outlines that overlap nobody can say whose line it is.
            note(wrong,
                 operation.kind < Operation::Redraw && isSound(overlaps) ? unshared(edit) : std::string());
        }
        if (isInner && !(operation.isRemoval() && losesRing(edit))) {
            ++conserved;
            const double gained = areaOf(edit, false) - areaBefore;
            if (std::abs(gained) > noArea * static_cast<double>(edit.changes.size())) {
                note(wrong, "the area is another by " + std::to_string(gained));
            }
        }
        note(wrong, takenBack(edit));
        if (stays) {
            m_layers.commit(edit);
        }
        return wrong;
    }

    int together = 0;  ///< of a line, for all whose line it is
    int grounds = 0;   ///< that added, took, parted or joined ground
    int conserved = 0; ///< where outlines lie on both sides of all that changes

private:
    using Key = std::pair<double, double>;
    using Owners = std::map<Key, std::set<std::string>>;
    using Areas = std::map<std::pair<std::string, std::string>, double>;
    using Edge = std::pair<Key, Key>;

    static void note(std::string& wrong, const std::string& what) {
        wrong += wrong.empty() || what.empty() ? what : "; " + what;
    }

    const outlines::OutlineSet& set() { return m_layers.all[m_layer]; }

    static geo::Extent around(const editing::Edit& edit) {
        geo::Extent box;
        for (const auto& change : edit.changes) {
            box.include(change.before->extent());
        }
        return box;
    }

    static std::string othersOf(const Operation& operation, const editing::Edit& edit) {
        if (!operation.isLine() || operation.neighbours == editing::Neighbours::Together) {
            return {};
        }
        for (const auto& change : edit.changes) {
            if (change.before->uuid == operation.ref.uuid) {
                continue;
            }
            if (operation.neighbours == editing::Neighbours::Alone) {
                return "another outline changed";
            }
            // Where a line stops at theirs, they get a vertex, and nothing else.
            bool keepsAll = true;
            geo::forEachVertex(change.before->geometry, [&](const geo::VertexId&, geo::Point point) {
                keepsAll = keepsAll && has(change.after->geometry, point);
            });
            const double gained =
                geo::planarArea(change.after->geometry) - geo::planarArea(change.before->geometry);
            if (!keepsAll || std::abs(gained) > noArea) {
                return "another outline has another shape";
            }
        }
        return {};
    }

    static std::string validityOf(const editing::Edit& edit) {
        for (const auto& change : edit.changes) {
            const std::string reason = change.after ? geo::invalidReason(change.after->geometry) : "";
            if (!reason.empty() && (!change.before || geo::invalidReason(change.before->geometry).empty())) {
                return "not valid: " + reason;
            }
        }
        return {};
    }

    /// What outlines that change have in common with others. Of what is not valid nobody can say.
    Areas overlapsOf(const editing::Edit& edit, bool isBefore) {
        Areas areas;
        std::map<std::string, bool> valid;
        const auto isValid = [&](const outlines::OutlineHandle& outline) {
            const auto [found, isNew] = valid.try_emplace(outline->uuid, false);
            if (isNew) {
                found->second = geo::invalidReason(outline->geometry).empty();
            }
            return found->second;
        };
        for (const auto& change : edit.changes) {
            const outlines::OutlineHandle& outline = isBefore ? change.before : change.after;
            if (!outline) {
                continue;
            }
            for (const auto& other : set().in(outline->extent())) {
                if (other->uuid == outline->uuid) {
                    continue;
                }
                auto pair = std::pair(outline->uuid, other->uuid);
                if (pair.second < pair.first) {
                    std::swap(pair.first, pair.second);
                }
                if (!isValid(outline) || !isValid(other)) {
                    areas[pair] = -1;
                } else if (!areas.contains(pair)) {
                    areas[pair] = geo::planarArea(geo::intersection(outline->geometry, other->geometry));
                }
            }
        }
        return areas;
    }

    /// Nothing is not valid, and nothing overlaps.
    static bool isSound(const Areas& overlaps) {
        return std::all_of(overlaps.begin(), overlaps.end(),
                           [](const auto& each) { return each.second >= 0 && each.second <= noArea; });
    }

    /// Of what adds, takes, parts and joins.
    std::string groundOf(const Operation& operation, const editing::Edit& edit, const Areas& overlaps) {
        if (!isSound(overlaps)) {
            return {};
        }
        const double gained = areaOf(edit, false) - areaOf(edit, true);
        if (RandomGround::keepsGround(operation.ground) && std::abs(gained) > noArea) {
            return "the ground is another by " + std::to_string(gained);
        }
        const bool shares = RandomGround::sharesLines(operation.ground, operation.neighbours);
        return shares ? unshared(edit) : std::string();
    }

    static std::string overlapsNow(const Operation& operation, const Areas& before, const Areas& now) {
        const bool overlapped = std::any_of(before.begin(), before.end(), [](const auto& each) {
            return each.second < 0 || each.second > noArea;
        });
        for (const auto& [pair, area] : now) {
            const auto found = before.find(pair);
            const double then = found != before.end() ? found->second : 0;
            // Lines that are brought together may meet others that overlap already.
            // A piece, and what is merged, overlaps what the whole did.
            const bool isOther = operation.kind == Operation::Ground && overlapped;
            const bool mayGrow = then < 0 || isOther || (operation.kind >= Operation::Snap && then > noArea);
            // A point within rounding of a kilometre of line is put on it.
            const double rounding = then > noArea ? 10 * noArea : noArea;
            if (area > then + rounding && !mayGrow) {
                return pair.first + " and " + pair.second + " overlap by " + std::to_string(area) + ", not " +
                       std::to_string(then);
            }
        }
        return {};
    }

    std::string lostBy(const Operation& operation, const editing::Edit& edit, const Owners& owners) {
        // Of a part with fewer than three vertices nothing is left.
        std::set<std::string> withoutPart;
        for (const auto& change : edit.changes) {
            if (change.after && ringsOf(*change.after) < ringsOf(*change.before)) {
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
            const bool isLeft = operation.isRemoval() && lost == std::set<std::string>{operation.ref.uuid};
            if (!lost.empty() && isKept && !isLeft) {
                return "a vertex is of " + std::to_string(who.size() - lost.size()) + " of " +
                       std::to_string(who.size()) + " owners";
            }
        }
        return {};
    }

    /// Of a part with fewer than three vertices nothing is left, and its ground is nobody's.
    static bool losesRing(const editing::Edit& edit) {
        return std::any_of(edit.changes.begin(), edit.changes.end(), [](const auto& change) {
            return change.before && change.after && ringsOf(*change.after) < ringsOf(*change.before);
        });
    }

    static std::size_t ringsOf(const outlines::Outline& outline) {
        std::size_t rings = 0;
        geo::forEachRing(outline.geometry, [&](const geo::Ring&, int, int) { ++rings; });
        return rings;
    }

    std::string takenBack(const editing::Edit& edit) {
        std::map<std::string, geo::MultiPolygon> shapes;
        editing::Edit back = edit;
        for (auto& change : back.changes) {
            if (change.before) {
                shapes[change.before->uuid] = change.before->geometry;
            }
            std::swap(change.before, change.after);
        }
        m_layers.commit(back);
        for (const auto& change : edit.changes) {
            if (!change.before && set().find(change.after->uuid)) {
                return "taken back it is there still";
            }
        }
        for (const auto& [uuid, shape] : shapes) {
            const auto outline = set().find(uuid);
            if (!outline || !haveSameBits(outline->geometry, shape)) {
                return "taken back it is another";
            }
        }
        return {};
    }

    static double areaOf(const editing::Edit& edit, bool isBefore) {
        double area = 0;
        for (const auto& change : edit.changes) {
            const outlines::OutlineHandle& outline = isBefore ? change.before : change.after;
            area += outline ? geo::planarArea(outline->geometry) : 0;
        }
        return area;
    }

    static bool has(const geo::MultiPolygon& shape, geo::Point point) {
        return !geo::allRings(shape, [&](const geo::Ring& ring) {
            return std::find(ring.begin(), ring.end(), point) == ring.end();
        });
    }

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

    static Edge edgeAt(const geo::Ring& ring, std::size_t at) {
        const geo::Point a = ring[at];
        const geo::Point b = ring[(at + 1) % ring.size()];
        const Key one(a.x, a.y), other(b.x, b.y);
        return one < other ? Edge(one, other) : Edge(other, one);
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
        return std::all_of(going.begin(), going.end(), [&](const Edge& edge) { return uses[edge] == 2; });
    }

    /// Calls visit(outline, vertex) for each vertex that came.
    template <typename Visit> static void forEachNew(const editing::Edit& edit, const Visit& visit) {
        std::set<Key> old; // what lay on an edge may still
        for (const auto& change : edit.changes) {
            if (!change.before) {
                continue;
            }
            geo::forEachVertex(change.before->geometry, [&](const geo::VertexId&, geo::Point point) {
                old.insert({point.x, point.y});
            });
        }
        for (const auto& change : edit.changes) {
            if (change.after) {
                geo::forEachVertex(change.after->geometry, [&](const geo::VertexId&, geo::Point point) {
                    if (!old.contains({point.x, point.y})) {
                        visit(change.after, point);
                    }
                });
            }
        }
    }

    std::vector<outlines::OutlineHandle> at(geo::Point point) {
        return set().in(geo::Extent{point.x, point.y, point.x, point.y}.grown(editing::onLine));
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

    Layers& m_layers;
    std::string m_layer;
};

} // namespace nunatak::tests
