// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "ui/terrain/band_summary.h"
#include "ui/terrain/display_stretch.h"

#include <cstdint>
#include <string>
#include <vector>

namespace nunatak::ui::terrain {

/// How a band spreads over a part of the scene.
struct BandSpread {
    std::string band;
    Stretch percentiles; ///< 2nd and 98th
    Stretch range;       ///< least and largest
    std::vector<float> quantiles;
    bool operator==(const BandSpread&) const = default;
};

/// How the bands of a feature spread over what a view showed.
struct ViewStretch {
    std::string feature;
    std::vector<BandSpread> bands;
    bool operator==(const ViewStretch&) const = default;
};

/// Of pixels stored as TileData::bands, where `counts` (one for each pixel) is not 0. Bands without a value
/// there are left out.
ViewStretch stretchOfPixels(const std::string& feature, const Image<std::uint16_t>& pixels,
                            const std::vector<BandSummary>& bands, const std::vector<std::uint8_t>& counts);

/// The bands of the feature as they spread there; what the stretch does not know stays.
std::vector<BandSummary> spreadAs(std::vector<BandSummary> bands, const std::string& feature,
                                  const ViewStretch& stretch);

} // namespace nunatak::ui::terrain
