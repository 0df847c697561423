// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/export_fields.h"

#include "base/progress.h"
#include "geo/crs.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace nunatak::exchange {

/// Outlines measured for a file.
struct MeasuredOutlines {
    std::vector<ExportedOutline> outlines; ///< in the order given
    /// Valid shapes of those that cross themselves, by their place in that order.
    std::map<std::size_t, geo::MultiPolygon> repaired;
    /// Where asked for: the shapes in longitude and latitude, on beyond 180° where they have to.
    std::vector<geo::MultiPolygon> inDegrees;
    /// Places of those that go around a pole, which cannot be drawn in longitude and latitude.
    std::set<std::size_t> aroundPoles;
    std::vector<std::string> notes;

    const geo::MultiPolygon& shape(std::size_t i) const {
        const auto found = repaired.find(i);
        return found == repaired.end() ? outlines[i].outline->geometry : found->second;
    }
};

struct MeasureChoice {
    bool isAnew = false;       ///< whatever an imported file says of this shape
    bool keepsDegrees = false; ///< MeasuredOutlines::inDegrees
};

/// Area (as RGI 7 has it), inner point and UTM zone of each outline. Where an outline is as it was when its
/// attributes were written, its cenlon, cenlat and area_km2 are what they say, unless that cannot be true (a
/// point outside of the glacier, an area off by more than 1 %), or they are to be measured anew; what is not
/// taken over is told. Throws Error for an outline without area. The outlines have to stay where they are.
MeasuredOutlines measured(const std::vector<const outlines::Outline*>& outlines, const geo::Crs& crs,
                          const MeasureChoice& choice, const Progress& progress);

/// The name of an outline for a sentence.
std::string called(const outlines::Outline& outline);

} // namespace nunatak::exchange
