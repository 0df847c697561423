// SPDX-License-Identifier: GPL-3.0-or-later
#include "divides/divide_layer.h"

#include "base/error.h"
#include "editing/gate_neighbours.h"
#include "geo/shape_operations.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace nunatak::divides {

namespace {

/// Names a piece: which plan, which piece of it.
using PieceName = std::pair<std::size_t, std::size_t>;
/// The pieces of each earlier glacier, the largest first.
using PiecesOf = std::map<int, std::vector<PieceName>>;

PreparedOutline prepared(const DivideRequest& request, const outlines::OutlineHandle& outline,
                         const Progress& progress) {
    Watersheds watersheds;
    try {
        watersheds =
            (request.isLike ? groundOf : watershedsOf)(outline->geometry, request.elevation, progress);
    } catch (const Cancelled&) {
        throw;
    } catch (const Error& error) {
        watersheds.why = error.what();
    }
    return {outline, std::make_shared<const Watersheds>(std::move(watersheds))};
}

PlannedOutline planned(const DivideRequest& request, const PreparedOutline& prepared,
                       const Progress& progress) {
    const Watersheds& watersheds = *prepared.watersheds;
    PlannedOutline plan{prepared.outline, {}, watersheds.why};
    if (!plan.why.empty()) {
        return plan;
    }
    try {
        if (request.isLike) {
            plan.partition = dividedLike(watersheds, request.earlier, request.thresholds.area, progress);
        } else {
            const auto joined = request.joined.find(prepared.outline->uuid);
            plan.partition =
                dividedByRelief(watersheds, request.thresholds,
                                joined != request.joined.end() ? joined->second : JoinedBasins(), progress);
        }
    } catch (const Cancelled&) {
        throw;
    } catch (const Error& error) {
        plan.why = error.what();
    }
    return plan;
}

/// Outlines that are divided, with the share of the work that each is.
class Shares {
public:
    explicit Shares(const std::vector<outlines::OutlineHandle>& which) {
        for (const auto& outline : which) {
            if (editing::takesGround(*outline)) {
                m_outlines.push_back(outline);
                m_whole += sizeOf(*outline);
            }
        }
    }
    const std::vector<outlines::OutlineHandle>& outlines() const { return m_outlines; }
    /// Of the next one. Of thousands nobody wants to read what is done for each: one stage stands for all.
    Progress next(const outlines::SharedOutline& outline, const Progress& whole, const char* stage) {
        const double from = m_done / m_whole;
        m_done += sizeOf(outline);
        const Progress part = whole.part(from, std::min(1.0, m_done / m_whole));
        return {[part, stage](double fraction, std::string_view) { part.report(fraction, stage); },
                whole.stopToken()};
    }

private:
    static double sizeOf(const outlines::SharedOutline& outline) {
        return std::max(1.0, outline.extent().width() * outline.extent().height());
    }
    std::vector<outlines::OutlineHandle> m_outlines;
    double m_whole = 0;
    double m_done = 0;
};

constexpr const char* finding = "Finding ice divides";

PiecesOf piecesOf(const std::vector<PlannedOutline>& plans) {
    PiecesOf found;
    for (std::size_t i = 0; i < plans.size(); ++i) {
        for (std::size_t k = 0; k < plans[i].partition.pieces.size(); ++k) {
            if (plans[i].partition.pieces[k].owner >= 0) {
                found[plans[i].partition.pieces[k].owner].emplace_back(i, k);
            }
        }
    }
    for (auto& [earlier, names] : found) {
        std::stable_sort(names.begin(), names.end(), [&](const PieceName& a, const PieceName& b) {
            return plans[a.first].partition.pieces[a.second].area >
                   plans[b.first].partition.pieces[b.second].area;
        });
    }
    return found;
}

editing::Division divisionOf(const DivideRequest& request, const PlannedOutline& plan, std::size_t index,
                             const PiecesOf& pieces) {
    editing::Division division{{request.layer, plan.outline->uuid}, {}};
    for (std::size_t k = 0; k < plan.partition.pieces.size(); ++k) {
        const Piece& piece = plan.partition.pieces[k];
        editing::DividedPart part{piece.shape, std::nullopt};
        const auto of = pieces.find(piece.owner);
        if (request.isLike && of != pieces.end() && of->second.front() == PieceName{index, k}) {
            const auto& earlier = *request.earlier[static_cast<std::size_t>(piece.owner)];
            part.identity = {earlier.name, earlier.attributes,
                             earlier.describedShape != 0 ? earlier.describedShape
                                                         : geo::fingerprint(earlier.geometry)};
        }
        division.parts.push_back(std::move(part));
    }
    return division;
}

/// Of each plan the UUIDs of its pieces.
std::vector<DivideResult::Of> tellOutlines(const DivideRequest& request,
                                           const std::vector<PlannedOutline>& plans, const PiecesOf& pieces,
                                           const editing::Divided& divided) {
    std::map<std::string, const editing::Divided::Into*> doneOf;
    std::map<std::string, const std::string*> leftOf;
    for (const auto& into : divided.done) {
        doneOf[into.outline.uuid] = &into;
    }
    for (const auto& left : divided.left) {
        leftOf[left.outline.uuid] = &left.why;
    }
    std::vector<DivideResult::Of> told;
    for (std::size_t i = 0; i < plans.size(); ++i) {
        const PlannedOutline& plan = plans[i];
        DivideResult::Of of{{request.layer, plan.outline->uuid}, {}, plan.why, plan.partition.isDrawnAnew};
        const auto done = doneOf.find(plan.outline->uuid);
        if (const auto left = leftOf.find(plan.outline->uuid); left != leftOf.end()) {
            of.why = *left->second;
        }
        if (!of.why.empty()) {
            of.parts.push_back({of.outline, geo::geodesicArea(plan.outline->geometry, request.crs)});
        }
        for (std::size_t k = 0; of.why.empty() && k < plan.partition.pieces.size(); ++k) {
            const Piece& piece = plan.partition.pieces[k];
            const int earlier = request.isLike ? piece.owner : -1;
            const auto all = pieces.find(piece.owner);
            of.parts.push_back({done != doneOf.end() ? done->second->parts[k] : of.outline,
                                geo::geodesicArea(piece.shape, request.crs), earlier,
                                earlier >= 0 && all->second.front() == PieceName{i, k}});
        }
        told.push_back(std::move(of));
    }
    return told;
}

/// True where ice of the layer that was not looked at, or could not be divided, lies on an earlier glacier.
bool isElsewhere(const DivideRequest& request, const std::set<std::string>& divided,
                 const outlines::SharedOutline& earlier) {
    const auto near = request.outlines.in(earlier.extent());
    return std::any_of(near.begin(), near.end(), [&](const outlines::OutlineHandle& outline) {
        return !divided.contains(outline->uuid) && editing::takesGround(*outline) &&
               geo::intersects(outline->geometry, earlier.geometry);
    });
}

void tellEarlier(const DivideRequest& request, const PiecesOf& pieces, DivideResult& result) {
    for (const auto& [earlier, names] : pieces) {
        std::vector<outlines::OutlineRef> parts;
        for (const PieceName& name : names) {
            const auto& of = result.outlines[name.first];
            if (of.why.empty()) {
                parts.push_back(of.parts[name.second].ref);
            }
        }
        if (parts.size() > 1) {
            result.splits.push_back({earlier, std::move(parts)});
        }
    }
    std::set<std::string> divided;
    for (const auto& of : result.outlines) {
        if (of.why.empty()) {
            divided.insert(of.outline.uuid);
        }
    }
    for (std::size_t i = 0; i < request.earlier.size(); ++i) {
        if (!pieces.contains(static_cast<int>(i)) && !isElsewhere(request, divided, *request.earlier[i])) {
            result.vanished.push_back(static_cast<int>(i));
        }
    }
}

} // namespace

std::vector<PreparedOutline> prepareLayer(const DivideRequest& request,
                                          std::span<const PreparedOutline> known, const Progress& progress) {
    std::map<outlines::OutlineHandle, PreparedOutline> knownOf;
    for (const PreparedOutline& each : known) {
        knownOf.emplace(each.outline, each);
    }
    std::vector<PreparedOutline> all;
    Shares shares(request.which);
    for (const auto& outline : shares.outlines()) {
        const Progress part = shares.next(*outline, progress, finding);
        const auto found = knownOf.find(outline);
        all.push_back(found != knownOf.end() ? found->second : prepared(request, outline, part));
    }
    return all;
}

std::vector<PlannedOutline> planLayer(const DivideRequest& request, std::span<const PreparedOutline> prepared,
                                      const Progress& progress) {
    std::vector<PlannedOutline> all;
    for (std::size_t i = 0; i < prepared.size(); ++i) {
        const auto count = static_cast<double>(prepared.size());
        all.push_back(
            planned(request, prepared[i],
                    progress.part(static_cast<double>(i) / count, static_cast<double>(i + 1) / count)));
    }
    return all;
}

DivideResult resultOf(const DivideRequest& request, const std::vector<PlannedOutline>& plans,
                      const Progress& progress) {
    const PiecesOf pieces = request.isLike ? piecesOf(plans) : PiecesOf();
    std::vector<editing::Division> divisions;
    for (std::size_t i = 0; i < plans.size(); ++i) {
        divisions.push_back(divisionOf(request, plans[i], i, pieces));
    }
    editing::EdgeIndices indices;
    const editing::Draft draft(
        [&](const std::string& layer) {
            return layer == request.layer ? editing::DraftLayer(&request.outlines, request.mayOverlap)
                                          : editing::DraftLayer();
        },
        indices);
    editing::Divided divided = editing::divideOutlines(draft, divisions, progress);
    DivideResult result;
    result.outlines = tellOutlines(request, plans, pieces, divided);
    result.edit = std::move(divided.edit);
    if (request.isLike && !result.edit.empty()) {
        result.edit.description += " like " + request.earlierTitle;
    }
    if (request.isLike) {
        tellEarlier(request, pieces, result);
    }
    return result;
}

DivideResult divideLayer(const DivideRequest& request, const Progress& progress) {
    constexpr double mostOfIt = 0.95;
    Shares shares(request.which);
    std::vector<PlannedOutline> plans;
    for (const auto& outline : shares.outlines()) {
        const Progress part = shares.next(*outline, progress.part(0, mostOfIt), finding);
        plans.push_back(planned(request, prepared(request, outline, part.part(0, 0.8)), part.part(0.8, 1)));
    }
    return resultOf(request, plans, progress.part(mostOfIt, 1));
}

} // namespace nunatak::divides
