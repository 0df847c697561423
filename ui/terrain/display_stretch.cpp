// SPDX-License-Identifier: GPL-3.0-or-later
#include "terrain/display_stretch.h"

#include <algorithm>
#include <cmath>

namespace nunatak::ui::terrain {

Stretch percentileStretch(const float* values, std::size_t count) {
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

std::vector<std::uint8_t> stretchedPicture(const Image<float>& bands, const std::array<int, 3>& channels) {
    const std::size_t count = bands.bandSize();
    std::vector<std::uint8_t> picture(count * 4, 0);
    std::vector<Stretch> stretches;
    for (int band = 0; band < bands.bands(); ++band) {
        stretches.push_back(percentileStretch(bands.band(band), count));
    }
    std::array<const float*, 3> values{};
    std::array<float, 3> low{};
    std::array<float, 3> factor{};
    for (std::size_t c = 0; c < 3; ++c) {
        const auto& stretch = stretches[static_cast<std::size_t>(channels[c])];
        values[c] = bands.band(channels[c]);
        low[c] = stretch.low;
        factor[c] = 255.0F / (stretch.high - stretch.low);
    }
    for (std::size_t i = 0; i < count; ++i) {
        if (!std::isfinite(values[0][i]) || !std::isfinite(values[1][i]) || !std::isfinite(values[2][i])) {
            continue;
        }
        for (std::size_t c = 0; c < 3; ++c) {
            const float value = std::clamp((values[c][i] - low[c]) * factor[c], 0.0F, 255.0F);
            picture[i * 4 + c] = static_cast<std::uint8_t>(value + 0.5F);
        }
        picture[i * 4 + 3] = 255;
    }
    return picture;
}

} // namespace nunatak::ui::terrain
