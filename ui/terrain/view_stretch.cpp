// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terrain/view_stretch.h"

#include <algorithm>

namespace nunatak::ui::terrain {

namespace {

/// Of the 257 quantiles of a summary one in so many is kept: a project stores them.
constexpr std::size_t quantileStep = 16;

} // namespace

ViewStretch stretchOfPixels(const std::string& feature, const Image<std::uint16_t>& pixels,
                            const std::vector<BandSummary>& bands, const std::vector<std::uint8_t>& counts) {
    ViewStretch stretch{feature, {}};
    std::vector<float> values;
    for (int band = 0; band < pixels.bands(); ++band) {
        const BandSummary& known = bands[static_cast<std::size_t>(band)];
        const float step = (known.stored.high - known.stored.low) / 65534.0F;
        values.clear();
        for (std::size_t i = 0; i < pixels.bandSize(); ++i) {
            if (const auto number = pixels.band(band)[i]; number != 0 && counts[i] != 0) {
                values.push_back(known.stored.low + static_cast<float>(number - 1) * step);
            }
        }
        if (values.empty()) {
            continue;
        }
        const auto summary = summaryOf(known.name, values.data(), values.size());
        BandSpread spread{known.name, summary.percentiles, summary.range, {}};
        for (std::size_t i = 0; i < summary.quantiles.size(); i += quantileStep) {
            spread.quantiles.push_back(summary.quantiles[i]);
        }
        stretch.bands.push_back(std::move(spread));
    }
    return stretch;
}

std::vector<BandSummary> spreadAs(std::vector<BandSummary> bands, const std::string& feature,
                                  const ViewStretch& stretch) {
    if (feature != stretch.feature) {
        return bands;
    }
    for (BandSummary& band : bands) {
        const auto found = std::find_if(stretch.bands.begin(), stretch.bands.end(),
                                        [&](const BandSpread& spread) { return spread.band == band.name; });
        if (found != stretch.bands.end()) {
            band.percentiles = found->percentiles;
            band.range = found->range;
            band.quantiles = found->quantiles;
        }
    }
    return bands;
}

} // namespace nunatak::ui::terrain
