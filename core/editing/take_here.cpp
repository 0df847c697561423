// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/take_here.h"

#include "base/error.h"
#include "editing/boundaries.h"
#include "editing/common_ground.h"
#include "editing/counterparts_here.h"
#include "editing/gate_neighbours.h"
#include "editing/here_lines.h"
#include "editing/redraw_plan.h"
#include "editing/redraw_rings.h"
#include "editing/region.h"
#include "editing/shape_overlay.h"
#include "geo/rings.h"
#include "geo/same_line.h"
#include "geo/shape_operations.h"
#include "outlines/outline_attributes.h"
#include "outlines/outline_name.h"
#include "outlines/taken_outline.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <utility>

namespace nunatak::editing {

namespace {

using outlines::Outline;
using outlines::OutlineHandle;
using outlines::OutlineRef;

constexpr double roundedArea = 0.01; ///< that rounding of lines may come to, in squared units

/// The ground of a reference's outline in a region.
geo::MultiPolygon groundIn(const geo::MultiPolygon& region, const outlines::SharedOutline& outline) {
    try {
        return inCommon(outline.geometry, region);
    } catch (const Refused&) {
        // Of a file that has it wrong: read as it is drawn, by the even-odd rule.
        return notable(geo::intersection(geo::madeValid(outline.geometry), region));
    }
}

/// What becomes of a glacier.
struct Becomes {
    OutlineHandle before;  ///< null: only the reference has it
    OutlineHandle their{}; ///< what it is new from, or has ground of
    geo::MultiPolygon start;
    geo::MultiPolygon shape;
};

class Taker {
public:
    Taker(const Draft& draft, const HereRequest& request, Neighbours neighbours)
        : m_draft(draft), m_request(request), m_neighbours(neighbours),
          m_named(request.glaciers.begin(), request.glaciers.end()) {}

    TakenHere run() {
        geo::MultiPolygon region = regionMeant();
        if (region.empty()) {
            throwNothing();
        }
        m_pairs = std::make_unique<CounterpartsHere>(m_draft, m_request.from, m_request.into,
                                                     geo::extentOf(region));
        countRefused(region);
        for (const OutlineHandle& none : m_pairs->groundOfNone()) {
            region = without(region, groundIn(region, *none));
        }
        if (region.empty()) {
            throwNothing();
        }
        cut(region);
        share();
        settle();
        return result();
    }

private:
    [[noreturn]] void throwNothing() const {
        throw Unfinished(m_refused > 0 ? "What differs here was found to be no glacier."
                                       : "Nothing differs here.",
                         std::nullopt);
    }

    /// Only these change, whatever else is there.
    bool isOnlyOf() const { return m_neighbours != Neighbours::Together && !m_named.empty(); }
    bool mayChange(const OutlineHandle& mine) const { return !isOnlyOf() || m_named.contains(mine->uuid); }

    // Where.

    geo::MultiPolygon regionMeant() const {
        if (!m_request.region.empty() && !m_request.keepsMine) {
            return m_request.region;
        }
        geo::MultiPolygon whole;
        for (const OutlineHandle& glacier : glaciersMeant()) {
            whole = added(whole, groundOf(glacier));
        }
        return m_request.keepsMine ? without(whole, m_request.region) : whole;
    }

    std::vector<OutlineHandle> glaciersMeant() const {
        std::vector<OutlineHandle> meant;
        if (!m_named.empty()) {
            for (const std::string& uuid : m_request.glaciers) {
                meant.push_back(m_draft.require({m_request.into, uuid}));
            }
            return meant;
        }
        for (const OutlineHandle& each :
             m_draft.near(m_request.into, geo::extentOf(m_request.region).grown(onLine))) {
            if (takesGround(*each) && !inCommon(each->geometry, m_request.region).empty()) {
                meant.push_back(each);
            }
        }
        std::sort(meant.begin(), meant.end(),
                  [](const OutlineHandle& a, const OutlineHandle& b) { return a->uuid < b->uuid; });
        return meant;
    }

    /// A glacier's own ground, and what the reference says is its.
    geo::MultiPolygon groundOf(const OutlineHandle& glacier) const {
        const CounterpartsHere pairs(m_draft, m_request.from, m_request.into, glacier->extent());
        geo::MultiPolygon ground = glacier->geometry;
        for (const OutlineHandle& their : pairs.theirs()) {
            const auto owners = pairs.ownersOf(their, true);
            if (pairs.isPieceOf(their, glacier)) {
                ground = added(ground, their->geometry);
            } else if (std::find(owners.begin(), owners.end(), glacier) != owners.end()) {
                geo::MultiPolygon rest = their->geometry;
                for (const OutlineHandle& owner : owners) {
                    rest = without(rest, owner->geometry);
                }
                for (const geo::Polygon& piece : rest) {
                    if (nearestOwner(piece, owners) == glacier) {
                        ground = added(ground, {piece});
                    }
                }
            }
        }
        return ground;
    }

    /// The one with which a piece shares the longest line; else the first.
    OutlineHandle nearestOwner(const geo::Polygon& piece, const std::vector<OutlineHandle>& owners) const {
        OutlineHandle nearest = owners.front();
        double longest = 0;
        for (std::size_t i = 0; owners.size() > 1 && i < owners.size(); ++i) {
            if (const double length = lengthOn(piece, indexed(m_draft.indices(), owners[i]));
                length > longest) {
                longest = length;
                nearest = owners[i];
            }
        }
        return nearest;
    }

    void countRefused(const geo::MultiPolygon& region) {
        const auto& none = m_pairs->noGlaciers();
        m_refused =
            isOnlyOf()
                ? 0
                : static_cast<int>(std::count_if(none.begin(), none.end(), [&](const OutlineHandle& their) {
                      return !groundIn(region, *their).empty();
                  }));
    }

    // Lines that meet have a vertex there, all the same one.

    void cut(const geo::MultiPolygon& region) {
        std::vector<geo::MultiPolygon> laid{region};
        for (const OutlineHandle& their : m_pairs->theirs()) {
            geo::MultiPolygon within = groundIn(region, *their);
            const bool isWhole = their->area() - geo::planarArea(within) < roundedArea;
            for (const geo::MultiPolygon& other : std::span(laid).subspan(1)) {
                within = without(within, other); // outlines of a file may overlap
            }
            if (!within.empty()) {
                m_whole.push_back(isWhole);
                m_theirs.push_back(their);
                laid.push_back(std::move(within));
            }
        }
        std::vector<Indexed> outlines;
        for (const OutlineHandle& mine : m_pairs->mine()) {
            outlines.push_back(indexed(m_draft.indices(), mine));
        }
        CutAtEachOther cut = cutAtEachOther(laid, outlines);
        m_region = std::move(cut.laid.front());
        m_within.assign(std::make_move_iterator(cut.laid.begin() + 1),
                        std::make_move_iterator(cut.laid.end()));
        m_nodes = std::move(cut.nodes);
        for (std::size_t k = 0; k < outlines.size(); ++k) {
            const OutlineHandle& mine = m_pairs->mine()[k];
            m_becoming.push_back({mine, {}, cut.outlines[k], cut.outlines[k]});
        }
    }

    // Whose the ground is.

    void share() {
        std::vector<geo::MultiPolygon> inRegion;
        std::vector<geo::MultiPolygon> going;
        for (const Becomes& each : m_becoming) {
            inRegion.push_back(mayChange(each.before) ? inCommon(each.start, m_region) : geo::MultiPolygon());
            going.push_back(inRegion.back());
        }
        std::map<std::size_t, std::vector<geo::MultiPolygon>> coming;
        for (std::size_t i = 0; i < m_theirs.size(); ++i) {
            const auto owners = m_pairs->ownersOf(m_theirs[i], m_whole[i]);
            geo::MultiPolygon rest = m_within[i];
            for (std::size_t k = 0; k < m_becoming.size(); ++k) {
                const OutlineHandle& mine = m_becoming[k].before;
                if (std::find(owners.begin(), owners.end(), mine) != owners.end() && mayChange(mine)) {
                    going[k] = without(going[k], m_within[i]);
                    rest = without(rest, inRegion[k]);
                    m_becoming[k].their = m_theirs[i];
                } else if (!mayChange(mine) && m_neighbours == Neighbours::NoOverlap) {
                    rest = without(rest, m_becoming[k].start);
                }
            }
            if (owners.empty()) {
                if (!isOnlyOf() && !rest.empty()) {
                    m_new.push_back({nullptr, m_theirs[i], {}, std::move(rest)});
                }
                continue;
            }
            std::map<std::size_t, geo::MultiPolygon> shares;
            for (geo::Polygon& piece : rest) {
                const OutlineHandle owner = nearestOwner(piece, owners);
                if (mayChange(owner)) {
                    shares[placeOf(owner)].push_back(std::move(piece));
                }
            }
            for (auto& [owner, share] : shares) {
                coming[owner].push_back(std::move(share));
            }
        }
        for (std::size_t k = 0; k < m_becoming.size(); ++k) {
            geo::MultiPolygon& shape = m_becoming[k].shape;
            shape = without(shape, going[k]);
            for (const geo::MultiPolygon& share : coming[k]) {
                shape = shape.empty() ? share : added(shape, share);
            }
        }
    }

    std::size_t placeOf(const OutlineHandle& mine) const {
        const auto& all = m_pairs->mine();
        return static_cast<std::size_t>(std::find(all.begin(), all.end(), mine) - all.begin());
    }

    // What is left is tidied.

    void settle() {
        std::move(m_new.begin(), m_new.end(), std::back_inserter(m_becoming));
        std::erase_if(m_becoming,
                      [](const Becomes& each) { return each.before && each.shape == each.start; });
        std::vector<Becoming> lines;
        for (Becomes& each : m_becoming) {
            const geo::MultiPolygon before = each.before ? each.before->geometry : geo::MultiPolygon();
            lines.push_back({before, withoutSlivers(before, std::move(each.shape), m_request.sliver)});
        }
        dropNeedless(lines);
        for (std::size_t i = 0; i < m_becoming.size(); ++i) {
            m_becoming[i].shape = inOrderOf(lines[i].before, std::move(lines[i].after));
        }
        std::erase_if(m_becoming, [](const Becomes& each) {
            return each.before ? each.shape == each.before->geometry : each.shape.empty();
        });
        if (m_becoming.empty()) {
            throwNothing();
        }
        // Those that were asked for first, then the others, and what is new last.
        std::stable_sort(m_becoming.begin(), m_becoming.end(), [&](const Becomes& a, const Becomes& b) {
            const auto rank = [&](const Becomes& each) {
                return each.before && m_named.contains(each.before->uuid) ? 0 : each.before ? 1 : 2;
            };
            return rank(a) < rank(b);
        });
    }

    // The step.

    TakenHere result() {
        TakenHere taken;
        taken.refused = m_refused;
        std::vector<Reshape> changes;
        std::vector<geo::Point> came;
        std::set<std::string> own; // which the reference's own date is of
        std::vector<OutlineHandle> changed, added, gone;
        for (Becomes& each : m_becoming) {
            geo::forEachVertex(each.shape,
                               [&](const geo::VertexId&, geo::Point point) { came.push_back(point); });
            if (each.shape.empty()) {
                m_draft.remove({m_request.into, each.before->uuid});
                gone.push_back(each.before);
                continue;
            }
            const bool isTheirs = each.their && geo::isSameLine(each.shape, each.their->geometry, onLine);
            if (!each.before || isTheirs) {
                Outline outline = outlines::asOfInventory(*each.their, m_request.kind);
                if (each.before) {
                    outline = outlines::inPlaceOf(*each.before, outline);
                    outline.review = each.before->review;
                    outline.reviewRecord = each.before->reviewRecord;
                    outline.geometry = each.before->geometry;
                } else {
                    outline.geometry.clear(); // the gate looks at what comes
                    if (m_draft.find({m_request.into, outline.uuid})) {
                        outline.uuid = outlines::makeUuid(); // it is another glacier's there
                        outlines::dropOwnIds(outline);
                    }
                }
                own.insert(outline.uuid);
                changes.push_back({{m_request.into, outline.uuid}, {}, std::move(each.shape)});
                m_draft.put(m_request.into, std::move(outline));
            } else {
                changes.push_back({{m_request.into, each.before->uuid}, {}, std::move(each.shape)});
            }
            each.before ? changed.push_back(each.before) : added.push_back(each.their);
        }
        taken.changed = static_cast<int>(changed.size());
        taken.added = static_cast<int>(added.size());
        taken.gone = static_cast<int>(gone.size());
        addVerticesBeside(came, changes);
        const bool isOfOne = taken.changed + taken.added + taken.gone == 1 ||
                             (m_request.region.empty() && m_named.size() == 1);
        const auto first = isOfOne && !changes.empty() ? std::optional(changes.front().ref) : std::nullopt;
        if (!changes.empty()) {
            m_draft.reshape(std::move(changes));
        }
        taken.edit = m_draft.edit(describe(changed, added, gone), first);
        for (outlines::OutlineChange& change : taken.edit.changes) {
            // Of a drawn region everything was looked at.
            change.isAlong = change.after && (own.contains(change.after->uuid) ||
                                              (m_request.region.empty() && change.isAlong));
        }
        return taken;
    }

    /// Outlines that stay get a vertex where a line ends at theirs.
    void addVerticesBeside(const std::vector<geo::Point>& came, std::vector<Reshape>& changes) {
        for (std::size_t k = 0; k < m_nodes.size(); ++k) {
            const OutlineHandle& mine = m_pairs->mine()[k];
            const bool isChanged = std::any_of(m_becoming.begin(), m_becoming.end(),
                                               [&](const Becomes& each) { return each.before == mine; });
            if (isChanged || m_neighbours == Neighbours::Alone) {
                continue;
            }
            if (auto vertices = verticesFor(m_nodes[k], came); !vertices.empty()) {
                changes.push_back({{m_request.into, mine->uuid}, std::move(vertices)});
            }
        }
    }

    /// "Take Prediction 2020 into Big Glacier and its neighbour, Small Glacier new, 2 gone".
    std::string describe(const std::vector<OutlineHandle>& changed, const std::vector<OutlineHandle>& added,
                         const std::vector<OutlineHandle>& gone) const {
        std::string what = m_request.keepsMine ? "Take " + m_request.title + " around what stays"
                                               : "Take " + m_request.title;
        if (!changed.empty()) {
            what += " into " + outlines::nameInSentence(*changed.front());
            what += changed.size() == 2  ? " and its neighbour"
                    : changed.size() > 2 ? " and " + std::to_string(changed.size() - 1) + " more"
                                         : "";
        }
        for (const auto& [those, how] : {std::pair{&added, " new"}, std::pair{&gone, " gone"}}) {
            if (!those->empty()) {
                what += ", " +
                        (those->size() == 1 ? outlines::nameInSentence(*those->front())
                                            : std::to_string(those->size())) +
                        how;
            }
        }
        return what;
    }

    Draft m_draft;
    const HereRequest& m_request;
    Neighbours m_neighbours;
    std::set<std::string> m_named;
    std::unique_ptr<CounterpartsHere> m_pairs;
    geo::MultiPolygon m_region;              ///< cut at all lines
    std::vector<OutlineHandle> m_theirs;     ///< with ground in the region
    std::vector<bool> m_whole;               ///< all of it
    std::vector<geo::MultiPolygon> m_within; ///< their ground in the region
    std::vector<std::vector<LineNode>> m_nodes;
    std::vector<Becomes> m_becoming; ///< at first all of mine, in their order
    std::vector<Becomes> m_new;
    int m_refused = 0;
};

} // namespace

TakenHere takeHere(Draft draft, const HereRequest& request, Neighbours neighbours) {
    if (request.region.empty() && (request.glaciers.empty() || request.keepsMine)) {
        throw Unfinished(request.keepsMine ? "Draw around what stays." : "Nothing is selected.",
                         std::nullopt);
    }
    return Taker(draft, request, neighbours).run();
}

} // namespace nunatak::editing
