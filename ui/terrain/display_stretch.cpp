// SPDX-License-Identifier: GPL-3.0-or-later
#include "terrain/display_stretch.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace nunatak::ui::terrain {

namespace {

std::vector<float> finiteSample(const float* values, std::size_t count) {
    constexpr std::size_t sampleSize = 200'000;
    // An odd step does not walk along the same columns of a picture with an even width.
    const std::size_t step = std::max<std::size_t>(1, count / sampleSize) | 1U;
    std::vector<float> sample;
    sample.reserve(count / step + 1);
    for (std::size_t i = 0; i < count; i += step) {
        if (std::isfinite(values[i])) {
            sample.push_back(values[i]);
        }
    }
    return sample;
}

} // namespace

Stretch percentileStretch(const float* values, std::size_t count) {
    std::vector<float> sample = finiteSample(values, count);
    if (sample.empty()) {
        return {};
    }
    const auto quantile = [&](double fraction) {
        const auto at =
            sample.begin() + static_cast<std::ptrdiff_t>(fraction * double(sample.size() - 1) + 0.5);
        std::nth_element(sample.begin(), at, sample.end());
        return *at;
    };
    Stretch stretch{quantile(0.02), quantile(0.98)};
    if (!(stretch.high > stretch.low)) {
        // A band that is nearly all one value: show what range there is, or mid-grey.
        const auto [least, most] = std::minmax_element(sample.begin(), sample.end());
        stretch = *most > *least ? Stretch{*least, *most} : Stretch{*least - 0.5F, *least + 0.5F};
    }
    return stretch;
}

std::vector<float> quantilesOf(const float* values, std::size_t count) {
    std::vector<float> sample = finiteSample(values, count);
    if (sample.empty()) {
        return {};
    }
    std::sort(sample.begin(), sample.end());
    constexpr std::size_t shares = 64;
    std::vector<float> quantiles;
    for (std::size_t i = 0; i <= shares; ++i) {
        quantiles.push_back(sample[i * (sample.size() - 1) / shares]);
    }
    return quantiles;
}

double brighteningExponent(const std::array<const std::vector<float>*, 3>& quantiles,
                           const std::array<Stretch, 3>& stretches) {
    constexpr double middle = 0.4;
    constexpr double strongest = 0.5;
    std::vector<float> fractions;
    for (std::size_t c = 0; c < 3; ++c) {
        const float range = stretches[c].high - stretches[c].low;
        std::transform(quantiles[c]->begin(), quantiles[c]->end(), std::back_inserter(fractions),
                       [&](float value) { return (value - stretches[c].low) / range; });
    }
    if (fractions.empty()) {
        return 1;
    }
    const auto median = fractions.begin() + static_cast<std::ptrdiff_t>(fractions.size() / 2);
    std::nth_element(fractions.begin(), median, fractions.end());
    return *median >= middle ? 1 : std::max(strongest, std::log(middle) / std::log(std::max(*median, 1e-3F)));
}

} // namespace nunatak::ui::terrain
