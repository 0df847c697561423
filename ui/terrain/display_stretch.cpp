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

namespace {

/// The exponent that brings the median brightness to a middle grey where it is darker, as beside bright snow.
double brighteningExponent(const std::array<const float*, 3>& values, const std::array<Stretch, 3>& stretches,
                           std::size_t count) {
    constexpr double middle = 0.4;
    constexpr double strongest = 0.5;
    std::vector<float> fractions;
    for (std::size_t c = 0; c < 3; ++c) {
        const float range = stretches[c].high - stretches[c].low;
        const auto sample = finiteSample(values[c], count);
        std::transform(sample.begin(), sample.end(), std::back_inserter(fractions),
                       [&](float value) { return (value - stretches[c].low) / range; });
    }
    if (fractions.empty()) {
        return 1;
    }
    const auto median = fractions.begin() + static_cast<std::ptrdiff_t>(fractions.size() / 2);
    std::nth_element(fractions.begin(), median, fractions.end());
    return *median >= middle ? 1 : std::max(strongest, std::log(middle) / std::log(std::max(*median, 1e-3F)));
}

} // namespace

std::vector<std::uint8_t> stretchedPicture(const Image<float>& bands, const std::array<int, 3>& channels) {
    const std::size_t count = bands.bandSize();
    std::vector<std::uint8_t> picture(count * 4, 0);
    std::array<const float*, 3> values{};
    std::array<Stretch, 3> stretches;
    std::array<float, 3> factor{};
    constexpr std::size_t steps = 4095; // finer than a byte where the curve is steep
    for (std::size_t c = 0; c < 3; ++c) {
        values[c] = bands.band(channels[c]);
        stretches[c] = percentileStretch(values[c], count);
        factor[c] = steps / (stretches[c].high - stretches[c].low);
    }
    const double exponent = brighteningExponent(values, stretches, count);
    std::array<std::uint8_t, steps + 1> curve{};
    for (std::size_t i = 0; i <= steps; ++i) {
        curve[i] = static_cast<std::uint8_t>(255 * std::pow(double(i) / steps, exponent) + 0.5);
    }
    for (std::size_t i = 0; i < count; ++i) {
        if (!std::isfinite(values[0][i]) || !std::isfinite(values[1][i]) || !std::isfinite(values[2][i])) {
            continue;
        }
        for (std::size_t c = 0; c < 3; ++c) {
            const float value = std::clamp((values[c][i] - stretches[c].low) * factor[c], 0.0F, float(steps));
            picture[i * 4 + c] = curve[static_cast<std::size_t>(value + 0.5F)];
        }
        picture[i * 4 + 3] = 255;
    }
    return picture;
}

} // namespace nunatak::ui::terrain
