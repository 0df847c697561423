// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "divides/divide.h"
#include "editing/divide_outlines.h"
#include "geo/crs.h"
#include "outlines/outline_ref.h"
#include "outlines/outline_set.h"

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
    bool isLike = false; ///< as an earlier inventory has it; of the thresholds `area` counts
    std::vector<outlines::OutlineHandle> earlier; ///< its outlines
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
        std::vector<Part> parts; ///< the largest first; one: it is not divided
        std::string why;         ///< why it could not be; empty: it could, or is one glacier
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

/// Divides each outline by itself. Like an earlier inventory each part gets the name and attributes of the
/// glacier whose ice it is, the largest where that is split; the others keep what they had. What was found to
/// be no glacier is left out, on both sides.
/// Throws Cancelled, and Error as reading heights does.
DivideResult divideLayer(const DivideRequest& request, const Progress& progress);

} // namespace nunatak::divides
