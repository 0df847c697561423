// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/draft.h"
#include "editing/edit.h"
#include "editing/neighbours.h"
#include "geo/polygon.h"
#include "outlines/outline.h"

#include <string>
#include <vector>

namespace nunatak::editing {

/// Where an inventory shall be as a reference has it.
struct HereRequest {
    std::string from;  ///< layer of the reference, which stays as it is
    std::string title; ///< what the step's description calls it
    outlines::LayerKind kind = outlines::LayerKind::Predicted; ///< of it
    std::string into;                                          ///< layer that changes
    geo::MultiPolygon region{};          ///< drawn, in the layers' coordinates; empty: all of `glaciers`
    std::vector<std::string> glaciers{}; ///< UUIDs of `into`; empty: those in the region
    /// The region is what stays as it is; all else of these glaciers becomes the reference's.
    bool keepsMine = false;
    /// Pieces that are cut off at the region's edge and no wider than this (units of the coordinates) go.
    double sliver = 0;
};

struct TakenHere {
    Edit edit;       ///< selected then: the glacier, where it is about one alone
    int changed = 0; ///< glaciers that have another line
    int added = 0;   ///< that only the reference had
    int gone = 0;    ///< that only the inventory had
    int refused = 0; ///< that only the reference has, left alone: somebody found them to be no glaciers
};

/// Within the region the ice is the reference's, with its vertices bit by bit, its holes and its divides;
/// beyond it nothing changes, and lines that end at its edge are led along it. What is whose is said by the
/// glaciers that stand for each other (CounterpartsHere): a divide is taken where the reference has glaciers
/// on both of its sides, else that of the inventory stays. Glaciers that only the reference has come as new
/// ones, but for those that somebody found to be no glaciers in the inventory; those that only the
/// inventory has go. One that is all the reference's then has its date, scene and
/// model, too, and such changes are `isAlong`, so that no picture dates them.
///
/// Together: so for all. NoOverlap, Alone: for `glaciers` alone; what comes ends at the lines of others, or
/// is refused where it would overlap.
///
/// Costs the region and the outlines that meet it. Throws Unfinished where nothing differs, and Refused.
TakenHere takeHere(Draft draft, const HereRequest& request, Neighbours neighbours = Neighbours::Together);

} // namespace nunatak::editing
