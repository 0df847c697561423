// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "edited_shapes.h"
#include "junction_judge.h"
#include "overlap_judge.h"
#include "owner_judge.h"
#include "random_edits.h"
#include "shapes.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace nunatak::tests {

/// Does edits, takes them back, and says what is wrong with one. Knows nothing of how an edit was made: it
/// looks at whole outlines, by GEOS.
class EditJudge {
public:
    EditJudge(Layers& layers, std::string layer)
        : m_layers(layers), m_layer(std::move(layer)), m_overlaps(layers, m_layer), m_owners(layers, m_layer),
          m_junctions(layers, m_layer) {}
    EditJudge(const EditJudge&) = delete; // the others know its layer
    EditJudge& operator=(const EditJudge&) = delete;

    /// Empty where it is right. The edit is done then where `stays`, else taken back.
    std::string judged(const Operation& operation, const editing::Edit& edit, bool stays) {
        const bool isTogether = operation.neighbours == editing::Neighbours::Together && operation.isLine();
        const bool isInner = isTogether && m_owners.isWithinTheWhole(edit);
        const double areaBefore = areaOf(edit, true);
        const Owners owners = isTogether ? m_owners.ownersOf(edit) : Owners();
        const Areas overlaps = m_overlaps.overlapsOf(edit, true);
        const Junctions junctions = isTogether && OverlapJudge::isSound(overlaps)
                                        ? m_junctions.junctionsOf(operation, edit)
                                        : Junctions();
        m_layers.commit(edit);
        std::string wrong = othersOf(operation, edit);
        note(wrong, validityOf(edit, operation.isMadeOfOthers()));
        note(wrong, measuresOf(edit));
        const Areas overlapsNow = m_overlaps.overlapsOf(edit, false);
        note(wrong, OverlapJudge::overlapsNow(operation, overlaps, overlapsNow));
        note(wrong, operation.isMadeOfOthers() ? OverlapJudge::overlapsOfMade(edit, overlaps, overlapsNow)
                                               : std::string());
        note(wrong, m_owners.nearlyTheSame(edit));
        if (operation.kind == Operation::Ground) {
            ++grounds;
            note(wrong, groundOf(operation, edit, overlaps));
        }
        if (isTogether) {
            ++together;
            note(wrong, operation.keepsOwners()
                            ? m_owners.lostBy(operation, edit, owners, !OverlapJudge::isSound(overlaps))
                            : std::string());
            // Of outlines that overlap nobody can say whose line it is.
            note(wrong, OverlapJudge::isSound(overlaps) ? m_owners.unshared(edit) : std::string());
        }
        if (isTogether) {
            // Of a hole that is opened the line goes, and what lies in it stays.
            note(wrong, operation.kind < Operation::Redraw ? m_junctions.leftOf(junctions, operation)
                                                           : std::string());
            note(wrong, operation.isDrawn() ? besideLine(operation, edit) : std::string());
        }
        if (isInner && !(operation.isRemoval() && losesRing(edit))) {
            ++conserved;
            const double gained = areaOf(edit, false) - areaBefore;
            // What two of them had twice may become what neither has: where a hole is turned inside out.
            const double twice = OverlapJudge::movedWithin(edit, overlaps, overlapsNow);
            if (std::abs(gained) > noArea * static_cast<double>(edit.changes.size()) + 2 * twice) {
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
    using Areas = OverlapJudge::Areas;
    using Owners = OwnerJudge::Owners;
    using Junctions = std::vector<JunctionJudge::Junction>;

    static void note(std::string& wrong, const std::string& what) {
        wrong += wrong.empty() || what.empty() ? what : "; " + what;
    }

    const outlines::OutlineSet& set() { return m_layers.all[m_layer]; }

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

    /// Of what adds, takes, parts and joins.
    std::string groundOf(const Operation& operation, const editing::Edit& edit, const Areas& overlaps) {
        if (!OverlapJudge::isSound(overlaps)) {
            return {};
        }
        const double gained = areaOf(edit, false) - areaOf(edit, true);
        if (RandomGround::keepsGround(operation.ground) && std::abs(gained) > noArea) {
            return "the ground is another by " + std::to_string(gained);
        }
        const bool shares = RandomGround::sharesLines(operation.ground, operation.neighbours);
        return shares ? m_owners.unshared(edit) : std::string();
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

    Layers& m_layers;
    std::string m_layer;
    OverlapJudge m_overlaps;
    OwnerJudge m_owners;
    JunctionJudge m_junctions;
};

} // namespace nunatak::tests
