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
        const std::vector<Junction> junctions =
            isTogether && isSound(overlaps) ? junctionsOf(operation, edit) : std::vector<Junction>();
        m_layers.commit(edit);
        std::string wrong = othersOf(operation, edit);
        note(wrong, validityOf(edit));
        note(wrong, measuresOf(edit));
        note(wrong, overlapsNow(operation, overlaps, overlapsOf(edit, false)));
        note(wrong, nearlyTheSame(edit));
        if (operation.kind == Operation::Ground) {
            ++grounds;
            note(wrong, groundOf(operation, edit, overlaps));
        }
        if (isTogether) {
            ++together;
            note(wrong, operation.keepsOwners() ? lostBy(operation, edit, owners, !isSound(overlaps))
                                                : std::string());
            // Of outlines that overlap nobody can say whose line it is.
            note(wrong, isSound(overlaps) ? unshared(edit) : std::string());
        }
        if (isTogether) {
            // Of a hole that is opened the line goes, and what lies in it stays.
            note(wrong, operation.kind < Operation::Redraw ? leftOf(junctions, operation) : std::string());
            note(wrong, operation.isDrawn() ? besideLine(operation, edit) : std::string());
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

    /// A vertex of one outline on an edge of another that changes.
    struct Junction {
        geo::Point point;
        std::string ofVertex, ofEdge;
        geo::Point a{}, b{};     ///< the edge
        bool isOfEdited = false; ///< a vertex of the outline that is edited
    };

    static constexpr double onIt = 1e-5; ///< so near to a line a point is on it, in m

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

    /// What an outline knows of itself is so, however it was found out.
    static std::string measuresOf(const editing::Edit& edit) {
        for (const auto& change : edit.changes) {
            if (!change.after) {
                continue;
            }
            const geo::MultiPolygon& shape = change.after->geometry;
            const double area = geo::planarArea(shape);
            if (change.after->extent() != geo::extentOf(shape) ||
                change.after->vertices() != geo::vertexCount(shape) ||
                std::abs(change.after->area() - area) > 1e-6 + 1e-12 * area) {
                return "extent, vertices or area of " + change.after->uuid + " are another's";
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

    std::string lostBy(const Operation& operation, const editing::Edit& edit, const Owners& owners,
                       bool isOneOverOthers) {
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
        return std::all_of(going.begin(), going.end(),
                           [&](const Edge& edge) { return uses[edge] == 2 || isBetweenTwo(edge); });
    }

    /// One outline lies on either side of all of an edge, though they have other vertices there.
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
            for (const double side : {-aside / length, aside / length}) {
                const geo::Point place{middle.x - side * (b.y - a.y), middle.y + side * (b.x - a.x)};
                const auto covering = std::count_if(near.begin(), near.end(), [&](const auto& outline) {
                    return geo::whereIs(place, outline->geometry, *m_layers.indices.of(outline)) ==
                           geo::Where::Inside;
                });
                if (covering != 1) {
                    return false;
                }
            }
        }
        return true;
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

    /// Where a line is drawn, or is straight without what was removed, all that comes lies on it, or on what
    /// was there.
    std::string besideLine(const Operation& operation, const editing::Edit& edit) const {
        const auto own = std::find_if(edit.changes.begin(), edit.changes.end(), [&](const auto& change) {
            return change.before && change.before->uuid == operation.ref.uuid;
        });
        if (own == edit.changes.end() || !own->after) {
            return {};
        }
        const geo::Ring line = lineOf(operation, own->before->geometry);
        const auto isOnLine = [&](geo::Point point) {
            for (std::size_t i = 0; i + 1 < line.size(); ++i) {
                if (geo::distanceToSegment(point, line[i], line[i + 1]) <= onIt) {
                    return true;
                }
            }
            return false;
        };
        std::string wrong;
        for (const auto& change : edit.changes) {
            if (!change.before || !change.after) {
                continue;
            }
            geo::forEachVertex(change.after->geometry, [&](const geo::VertexId&, geo::Point point) {
                if (!has(change.before->geometry, point) && !isOnLine(point) &&
                    geo::distanceToBoundary(change.before->geometry, point) > onIt &&
                    geo::distanceToBoundary(own->before->geometry, point) > onIt) {
                    wrong = "a new vertex of " + change.before->uuid + " lies beside the line that was drawn";
                }
            });
        }
        return wrong;
    }

    static geo::Ring lineOf(const Operation& operation, const geo::MultiPolygon& before) {
        if (!operation.isRemoval()) {
            return operation.line;
        }
        const geo::Ring& ring = geo::ringOf(before, operation.part, operation.ring);
        const std::size_t count = operation.kind == Operation::Remove ? 1 : operation.count;
        return {ring[(operation.first + ring.size() - 1) % ring.size()],
                ring[(operation.first + count) % ring.size()]};
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
