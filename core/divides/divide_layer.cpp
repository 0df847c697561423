// SPDX-License-Identifier: GPL-3.0-or-later
#include "divides/divide_layer.h"

#include "base/error.h"
#include "editing/gate_neighbours.h"
#include "geo/shape_operations.h"

#include <algorithm>
#include <map>
#include <utility>

namespace nunatak::divides {

namespace {

/// What an outline becomes, before anybody has asked the gate.
struct Plan {
    outlines::OutlineHandle outline;
    std::vector<Piece> pieces;
    std::string why;
};

/// Names a piece: which plan, which piece of it.
using PieceName = std::pair<std::size_t, std::size_t>;
/// The pieces of each earlier glacier, the largest first.
using PiecesOf = std::map<int, std::vector<PieceName>>;

Plan planOf(const DivideRequest& request, const outlines::OutlineHandle& outline, const Progress& progress) {
    Plan plan{outline, {}, {}};
    try {
        const auto prepare = request.isLike ? groundOf : watershedsOf;
        const Watersheds watersheds = prepare(outline->geometry, request.elevation, progress);
        plan.why = watersheds.why;
        if (plan.why.empty()) {
            plan.pieces = (request.isLike ? dividedLike(watersheds, request.earlier, request.thresholds.area)
                                          : dividedByRelief(watersheds, request.thresholds))
                              .pieces;
        }
    } catch (const Cancelled&) {
        throw;
    } catch (const Error& error) {
        plan.why = error.what();
    }
    return plan;
}

PiecesOf piecesOf(const std::vector<Plan>& plans) {
    PiecesOf found;
    for (std::size_t i = 0; i < plans.size(); ++i) {
        for (std::size_t k = 0; k < plans[i].pieces.size(); ++k) {
            if (plans[i].pieces[k].owner >= 0) {
                found[plans[i].pieces[k].owner].emplace_back(i, k);
            }
        }
    }
    for (auto& [earlier, names] : found) {
        std::stable_sort(names.begin(), names.end(), [&](const PieceName& a, const PieceName& b) {
            return plans[a.first].pieces[a.second].area > plans[b.first].pieces[b.second].area;
        });
    }
    return found;
}

editing::Division divisionOf(const DivideRequest& request, const Plan& plan, std::size_t index,
                             const PiecesOf& pieces) {
    editing::Division division{{request.layer, plan.outline->uuid}, {}};
    for (std::size_t k = 0; k < plan.pieces.size(); ++k) {
        const Piece& piece = plan.pieces[k];
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
std::vector<DivideResult::Of> tellOutlines(const DivideRequest& request, const std::vector<Plan>& plans,
                                           const PiecesOf& pieces, const editing::Divided& divided) {
    std::vector<DivideResult::Of> told;
    for (std::size_t i = 0; i < plans.size(); ++i) {
        const Plan& plan = plans[i];
        DivideResult::Of of{{request.layer, plan.outline->uuid}, {}, plan.why};
        const auto done = std::find_if(divided.done.begin(), divided.done.end(),
                                       [&](const auto& into) { return into.outline == of.outline; });
        const auto left = std::find_if(divided.left.begin(), divided.left.end(),
                                       [&](const auto& each) { return each.outline == of.outline; });
        if (left != divided.left.end()) {
            of.why = left->why;
        }
        if (!of.why.empty()) {
            of.parts.push_back({of.outline, geo::geodesicArea(plan.outline->geometry, request.crs)});
        }
        for (std::size_t k = 0; of.why.empty() && k < plan.pieces.size(); ++k) {
            const Piece& piece = plan.pieces[k];
            const int earlier = request.isLike ? piece.owner : -1;
            const auto all = pieces.find(piece.owner);
            of.parts.push_back({done != divided.done.end() ? done->parts[k] : of.outline,
                                geo::geodesicArea(piece.shape, request.crs), earlier,
                                earlier >= 0 && all->second.front() == PieceName{i, k}});
        }
        told.push_back(std::move(of));
    }
    return told;
}

/// True where ice of the layer that was not looked at, or could not be divided, lies on an earlier glacier.
bool isElsewhere(const DivideRequest& request, const DivideResult& result,
                 const outlines::SharedOutline& earlier) {
    const auto near = request.outlines.in(earlier.extent());
    return std::any_of(near.begin(), near.end(), [&](const outlines::OutlineHandle& outline) {
        const auto of = std::find_if(result.outlines.begin(), result.outlines.end(), [&](const auto& each) {
            return each.outline.uuid == outline->uuid && each.why.empty();
        });
        return of == result.outlines.end() && editing::takesGround(*outline) &&
               geo::intersects(outline->geometry, earlier.geometry);
    });
}

} // namespace

DivideResult divideLayer(const DivideRequest& request, const Progress& progress) {
    // Of thousands of outlines nobody wants to read what is done for each.
    constexpr double mostOfIt = 0.95;
    const Progress dividing(
        [&](double fraction, std::string_view) {
            progress.report(mostOfIt * fraction, "Finding ice divides");
        },
        progress.stopToken());
    std::vector<Plan> plans;
    double whole = 0;
    for (const auto& outline : request.which) {
        whole += outline->extent().width() * outline->extent().height();
    }
    double done = 0;
    for (const auto& outline : request.which) {
        if (!editing::takesGround(*outline)) {
            continue;
        }
        const double share = outline->extent().width() * outline->extent().height();
        plans.push_back(planOf(request, outline, dividing.part(done / whole, (done + share) / whole)));
        done += share;
    }
    progress.report(mostOfIt, "Dividing outlines");
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
    editing::Divided divided = editing::divideOutlines(draft, divisions);
    DivideResult result;
    result.outlines = tellOutlines(request, plans, pieces, divided);
    result.edit = std::move(divided.edit);
    std::map<int, std::vector<outlines::OutlineRef>> partsOf;
    for (const auto& [earlier, names] : pieces) {
        for (const PieceName& name : names) {
            const auto& of = result.outlines[name.first];
            if (of.why.empty()) {
                partsOf[earlier].push_back(of.parts[name.second].ref);
            }
        }
    }
    for (auto& [earlier, parts] : partsOf) {
        if (parts.size() > 1) {
            result.splits.push_back({earlier, std::move(parts)});
        }
    }
    for (std::size_t i = 0; request.isLike && i < request.earlier.size(); ++i) {
        if (!pieces.contains(static_cast<int>(i)) && !isElsewhere(request, result, *request.earlier[i])) {
            result.vanished.push_back(static_cast<int>(i));
        }
    }
    return result;
}

} // namespace nunatak::divides
