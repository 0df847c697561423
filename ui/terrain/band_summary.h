// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "ui/terrain/display_stretch.h"

#include <array>
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
    /// Values that part the sample into equally many, the least first; empty when there are none.
    std::vector<float> quantiles;
};

BandSummary summaryOf(const std::string& name, const float* values, std::size_t count);

/// Values as 16 bits, band by band: 0 where there are none, else 1..65535 over the summary's `stored`.
Image<std::uint16_t> storedBands(const Image<float>& values, const std::vector<BandSummary>& bands);

/// The exponent for shares 0..1 of `shown` that brings the median of all three bands to a middle grey where
/// it is darker, as rock is beside sunlit snow; 1 where it is not.
double brighteningExponent(const std::array<const BandSummary*, 3>& bands,
                           const std::array<Stretch, 3>& shown);

} // namespace nunatak::ui::terrain
