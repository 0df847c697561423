// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terrain/display_stretch.h"

#include <algorithm>
#include <cmath>
#include <vector>

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

} // namespace nunatak::ui::terrain
