// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "divides/divide.h"
#include "editing/divide_outlines.h"
#include "geo/crs.h"
#include "outlines/outline_ref.h"
#include "outlines/outline_set.h"

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace nunatak::divides {

/// Outlines of a layer that shall be divided. A value: any thread may carry it out.
struct DivideRequest {
    std::string layer;
    outlines::OutlineSet outlines;              ///< all of the layer
    std::vector<outlines::OutlineHandle> which; ///< of them that are divided
    bool mayOverlap = false;                    ///< as those of side layers
    geo::Crs crs;
    Elevation elevation;
    Thresholds thresholds;
    std::map<std::string, JoinedBasins> joined; ///< by UUID; where the relief divides
    bool isLike = false; ///< as an earlier inventory has it; of the thresholds `area` counts
    std::vector<outlines::OutlineHandle> earlier; ///< its outlines
    std::string earlierTitle;                     ///< what people read for its layer
};

/// An outline and what is worked out once for all thresholds.
struct PreparedOutline {
    outlines::OutlineHandle outline;
    std::shared_ptr<const Watersheds> watersheds; ///< of one that cannot be divided: why
};

/// What an outline becomes, before anybody has asked the gate.
struct PlannedOutline {
    outlines::OutlineHandle outline;
    Partition partition; ///< empty where it cannot be divided
    std::string why;     ///< it cannot; a sentence
};

struct DivideResult {
    struct Part {
        outlines::OutlineRef ref; ///< in the edit; the outline itself where it is not divided
        double area = 0;          ///< m² on the ellipsoid
        int earlier = -1;         ///< whose ice it is: index in `earlier`; -1: of none
        bool keepsIds = false;    ///< it is the largest of that glacier, and has its name and ids
    };
    struct Of {
        outlines::OutlineRef outline;
        std::vector<Part> parts;  ///< the largest first; one: it is not divided
        std::string why;          ///< why it could not be; empty: it could, or is one glacier
        bool isDrawnAnew = false; ///< its divides are near the earlier inventory's lines, not these
    };
    /// An earlier glacier whose ice is in several parts now; the first, the largest, has its ids.
    struct Split {
        int earlier = 0;
        std::vector<outlines::OutlineRef> parts;
    };

    editing::Edit edit; ///< one step; empty where nothing changes
    std::vector<Of> outlines;
    std::vector<Split> splits;
    std::vector<int> vanished; ///< earlier glaciers on whose ground there is no ice of the layer
};

// A preview takes the three steps one by one: prepares once, plans for each threshold and draws that, and
// asks what comes of it.

/// What was found to be no glacier is left out. Outlines that are in `known` are not looked at again.
/// Throws Cancelled; what else goes wrong is why an outline cannot be divided.
std::vector<PreparedOutline> prepareLayer(const DivideRequest& request,
                                          std::span<const PreparedOutline> known, const Progress& progress);
/// Throws Cancelled.
std::vector<PlannedOutline> planLayer(const DivideRequest& request, std::span<const PreparedOutline> prepared,
                                      const Progress& progress);
/// Throws Cancelled.
DivideResult resultOf(const DivideRequest& request, const std::vector<PlannedOutline>& planned,
                      const Progress& progress);

/// Divides each outline by itself. Like an earlier inventory each part gets the name and attributes of the
/// glacier whose ice it is, the largest where that is split; the others keep what they had. What was found to
/// be no glacier is left out, on both sides. The three steps above, an outline at a time, so that memory is
/// that of the largest.
/// Throws Cancelled.
DivideResult divideLayer(const DivideRequest& request, const Progress& progress);

} // namespace nunatak::divides
