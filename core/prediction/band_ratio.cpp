// SPDX-License-Identifier: GPL-3.0-or-later
#include "prediction/band_ratio.h"

#include "base/error.h"
#include "prediction/confidence.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

namespace nunatak::prediction {

namespace {

/// Red / SWIR1; NaN where a band has no data. Dark SWIR1 (deep shadow, water, fresh snow) is kept from
/// dividing by next to nothing.
std::vector<float> ratios(const Image<float>& blueRedSwir1) {
    constexpr float darkest = 1e-3F;
    const std::size_t count = blueRedSwir1.bandSize();
    std::vector<float> ratio(count, std::numeric_limits<float>::quiet_NaN());
    const float* blue = blueRedSwir1.band(0);
    const float* red = blueRedSwir1.band(1);
    const float* swir1 = blueRedSwir1.band(2);
    for (std::size_t i = 0; i < count; ++i) {
        if (std::isfinite(blue[i]) && std::isfinite(red[i]) && std::isfinite(swir1[i])) {
            ratio[i] = std::max(red[i], 0.0F) / std::max(swir1[i], darkest);
        }
    }
    return ratio;
}

/// Otsu (1979): the threshold that parts a histogram into the two classes with the largest variance between
/// them. The outermost 0.5 % on both sides are left out: a few ratios of very dark pixels would stretch the
/// histogram until all others share one bin.
double otsuThreshold(std::vector<float> values) {
    std::erase_if(values, [](float value) { return !std::isfinite(value); });
    if (values.empty()) {
        return 0;
    }
    const auto quantile = [&values](double share) {
        const auto place =
            values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
        std::nth_element(values.begin(), place, values.end());
        return static_cast<double>(*place);
    };
    const double low = quantile(0.005);
    const double high = quantile(0.995);
    if (!(high > low)) {
        return low;
    }
    constexpr int binCount = 512;
    std::array<double, binCount> histogram{};
    const double binsPerUnit = binCount / (high - low);
    for (const float value : values) {
        const double bin = (std::clamp(static_cast<double>(value), low, high) - low) * binsPerUnit;
        histogram[static_cast<std::size_t>(std::min(static_cast<int>(bin), binCount - 1))] += 1;
    }
    double sumOfAll = 0;
    for (std::size_t i = 0; i < binCount; ++i) {
        sumOfAll += static_cast<double>(i) * histogram[i];
    }
    const double count = static_cast<double>(values.size());
    double below = 0;
    double sumBelow = 0;
    double best = -1;
    double bestFirst = 0;
    double bestLast = 0;
    for (std::size_t i = 0; i + 1 < binCount; ++i) {
        below += histogram[i];
        sumBelow += static_cast<double>(i) * histogram[i];
        const double above = count - below;
        if (below == 0 || above == 0) {
            continue;
        }
        const double difference = sumBelow / below - (sumOfAll - sumBelow) / above;
        const double between = below * above * difference * difference;
        if (between > best) {
            best = between;
            bestFirst = static_cast<double>(i);
        }
        if (between >= best) {
            bestLast = static_cast<double>(i); // empty bins between two classes tie: take their middle
        }
    }
    return low + ((bestFirst + bestLast) / 2 + 1) / binsPerUnit;
}

} // namespace

Image<std::uint8_t> bandRatio(const Image<float>& blueRedSwir1, const BandRatioOptions& options) {
    if (blueRedSwir1.bands() != 3) {
        throw Error("The band ratio needs exactly the bands blue, red and swir1.");
    }
    const auto ratio = ratios(blueRedSwir1);
    const double threshold = options.threshold ? *options.threshold : otsuThreshold(ratio);
    Image<std::uint8_t> classes(1, blueRedSwir1.rows(), blueRedSwir1.columns());
    const float* blue = blueRedSwir1.band(0);
    for (std::size_t i = 0; i < ratio.size(); ++i) {
        if (std::isnan(ratio[i])) {
            classes.values()[i] = NotPredicted;
        } else {
            const bool ice = static_cast<double>(ratio[i]) > threshold &&
                             static_cast<double>(blue[i]) >= options.minimumBlue;
            classes.values()[i] = ice ? Glacier : Background;
        }
    }
    return medianFilter(classes, options.medianSize);
}

} // namespace nunatak::prediction
