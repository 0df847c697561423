// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/edit.h"
#include "outlines/outline_set.h"

#include <string>
#include <vector>

namespace nunatak::project {

/// What becomes of an inventory when outlines come into it, each of them as it shall be in it but for its
/// UUID.
struct Merge {
    std::vector<outlines::OutlineChange> changes;
    std::vector<outlines::OutlineHandle> leftOut; ///< of glaciers that somebody touched
    /// Others that came are of the same ground: a glacier that came twice, or one that lies in a larger one.
    std::vector<outlines::OutlineHandle> doubled;
    std::vector<outlines::OutlineHandle> covered; ///< left out: somebody's outlines cover all of their ground
    std::vector<outlines::OutlineHandle> beyond;  ///< of the inventory, left: they reach beyond `computed`
    /// What came without ground that somebody's outlines beside it cover.
    struct Cut {
        outlines::OutlineHandle whole;
        outlines::OutlineHandle left;
    };
    std::vector<Cut> cut;
    /// Of the inventory, of those that nobody touched: without ground that what came covers. Only where what
    /// comes `endsAtTouched`.
    std::vector<Cut> gaveWay;
    int kept = 0;     ///< glaciers of before that are in it afterwards
    int replaced = 0; ///< of them: with another outline
    int added = 0;
    int gone = 0;
};

struct MergeRules {
    bool sameUuidGivesWay = false; ///< one of the same UUID is replaced even where somebody touched it
    bool endsAtTouched = false;    ///< what comes is cut where somebody's outline begins
    /// Ground that was looked at: of what nobody touched nothing else is left on it, and what reaches beyond
    /// it stays whole, since nothing is known of the rest. Empty: nothing is known of where.
    geo::MultiPolygon computed{};
};

/// A glacier is told by its UUID, else by the ground that it shares most of. Of those that nobody touched the
/// outline is replaced, UUID, name and attributes kept; those whose ground another one covers now go, and so
/// do the ones in `computed` that are none of those that come.
Merge mergedInto(const std::string& layer, const outlines::OutlineSet& inventory,
                 const std::vector<outlines::OutlineHandle>& incoming, const MergeRules& rules);

/// An outline of the same UUID as a file brings it, corrected there where its shape is another one: how the
/// glacier's outline came to be stays known, and so does that somebody has drawn or changed it.
outlines::Outline asCorrected(const outlines::Outline& there, const outlines::Outline& coming);
/// What is left of a shape beside outlines that overlap it; it may be empty.
geo::MultiPolygon cutBeside(const geo::MultiPolygon& shape,
                            const std::vector<outlines::OutlineHandle>& outlines);

} // namespace nunatak::project
