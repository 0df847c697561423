// SPDX-License-Identifier: GPL-3.0-or-later
#include "terrain/band_summary.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nunatak::ui::terrain {

BandSummary summaryOf(const std::string& name, const float* values, std::size_t count) {
    BandSummary summary;
    summary.name = name;
    summary.percentiles = percentileStretch(values, count);
    float least = std::numeric_limits<float>::infinity();
    float most = -least;
    for (std::size_t i = 0; i < count; ++i) {
        if (std::isfinite(values[i])) {
            least = std::min(least, values[i]);
            most = std::max(most, values[i]);
        }
    }
    summary.range = most > least ? Stretch{least, most} : summary.percentiles;
    summary.quantiles = quantilesOf(values, count);
    // A sample of means does not reach the extremes of single pixels.
    const float margin = summary.range.high - summary.range.low;
    summary.stored = {summary.range.low - margin, summary.range.high + margin};
    return summary;
}

Image<std::uint16_t> storedBands(const Image<float>& pixels, const std::vector<BandSummary>& bands) {
    Image<std::uint16_t> stored(pixels.bands(), pixels.rows(), pixels.columns());
    for (int band = 0; band < pixels.bands(); ++band) {
        const auto& range = bands[static_cast<std::size_t>(band)].stored;
        const float scale = 65534.0F / std::max(range.high - range.low, 1e-30F);
        const float* from = pixels.band(band);
        auto* to = stored.band(band);
        for (std::size_t i = 0; i < pixels.bandSize(); ++i) {
            to[i] = std::isfinite(from[i])
                        ? static_cast<std::uint16_t>(
                              1.5F + std::clamp((from[i] - range.low) * scale, 0.0F, 65534.0F))
                        : 0;
        }
    }
    return stored;
}

} // namespace nunatak::ui::terrain
