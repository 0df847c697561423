// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "terrain/display_stretch.h"

#include <cstdint>
#include <string>
#include <vector>

namespace nunatak::ui::terrain {

/// A band of a scene and its values, from a sample of the whole.
struct BandSummary {
    std::string name;
    Stretch percentiles; ///< 2nd and 98th
    Stretch range;       ///< least and largest
    /// Between these the 16 bits of a tile are spread.
    Stretch stored;
    std::vector<float> quantiles{}; ///< of all values, evenly spaced shares from least to largest
};

/// Of a sample of a band's values, NaN for no data.
BandSummary summaryOf(const std::string& name, const float* values, std::size_t count);
/// Pixels as a tile keeps them: 0 where there are no data, else 1..65535 over the bands' `stored` ranges.
Image<std::uint16_t> storedBands(const Image<float>& pixels, const std::vector<BandSummary>& bands);

} // namespace nunatak::ui::terrain
