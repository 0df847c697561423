// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terrain/band_summary.h"

#include <algorithm>
#include <cmath>

namespace nunatak::ui::terrain {

namespace {

constexpr std::size_t quantileCount = 257;
constexpr float storedSteps = 65534;

} // namespace

BandSummary summaryOf(const std::string& name, const float* values, std::size_t count) {
    BandSummary summary;
    summary.name = name;
    std::vector<float> sorted;
    std::copy_if(values, values + count, std::back_inserter(sorted),
                 [](float value) { return std::isfinite(value); });
    std::sort(sorted.begin(), sorted.end());
    for (std::size_t i = 0; i < quantileCount && !sorted.empty(); ++i) {
        summary.quantiles.push_back(sorted[i * (sorted.size() - 1) / (quantileCount - 1)]);
    }
    summary.percentiles = percentileStretch(values, count);
    const bool spreads = !sorted.empty() && sorted.back() > sorted.front();
    summary.range = spreads ? Stretch{sorted.front(), sorted.back()} : summary.percentiles;
    // A sample of means does not reach the extremes of single pixels.
    const float margin = summary.range.high - summary.range.low;
    summary.stored = {summary.range.low - margin, summary.range.high + margin};
    return summary;
}

Image<std::uint16_t> storedBands(const Image<float>& values, const std::vector<BandSummary>& bands) {
    Image<std::uint16_t> result(values.bands(), values.rows(), values.columns());
    for (int band = 0; band < values.bands(); ++band) {
        const auto& stored = bands[static_cast<std::size_t>(band)].stored;
        const float scale = storedSteps / std::max(stored.high - stored.low, 1e-30F);
        const float* from = values.band(band);
        auto* to = result.band(band);
        for (std::size_t i = 0; i < values.bandSize(); ++i) {
            const float steps = std::clamp((from[i] - stored.low) * scale, 0.0F, storedSteps);
            to[i] = std::isfinite(from[i]) ? static_cast<std::uint16_t>(1.5F + steps) : 0;
        }
    }
    return result;
}

double brighteningExponent(const std::array<const BandSummary*, 3>& bands,
                           const std::array<Stretch, 3>& shown) {
    constexpr double middle = 0.4;
    constexpr double strongest = 0.5;
    std::vector<float> shares;
    for (std::size_t i = 0; i < 3; ++i) {
        const float range = std::max(shown[i].high - shown[i].low, 1e-30F);
        for (std::size_t k = 0; bands[i] != nullptr && k < bands[i]->quantiles.size(); ++k) {
            shares.push_back((bands[i]->quantiles[k] - shown[i].low) / range);
        }
    }
    if (shares.empty()) {
        return 1;
    }
    const auto median = shares.begin() + static_cast<std::ptrdiff_t>(shares.size() / 2);
    std::nth_element(shares.begin(), median, shares.end());
    return *median >= middle ? 1 : std::max(strongest, std::log(middle) / std::log(std::max(*median, 1e-3F)));
}

} // namespace nunatak::ui::terrain
