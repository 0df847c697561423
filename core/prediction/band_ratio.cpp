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

/// Numerator / SWIR1; NaN where a band has no data. Dark SWIR1 (deep shadow, water, fresh snow) is kept from
/// dividing by next to nothing.
float ratioOf(float blue, float numerator, float swir1) {
    constexpr float darkest = 1e-3F;
    return std::isfinite(blue) && std::isfinite(numerator) && std::isfinite(swir1)
               ? std::max(numerator, 0.0F) / std::max(swir1, darkest)
               : std::numeric_limits<float>::quiet_NaN();
}

void checkBands(const Image<float>& bands) {
    if (bands.bands() != 3) {
        throw Error("The band ratio needs exactly the bands blue, red (or nir) and swir1.");
    }
}

} // namespace

// The outermost 0.5 % on both sides are left out: a few ratios of very dark pixels would stretch the
// histogram until all others share one bin.
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

std::vector<float> bandRatios(const Image<float>& bands) {
    checkBands(bands);
    std::vector<float> ratios(bands.bandSize());
    for (std::size_t i = 0; i < ratios.size(); ++i) {
        ratios[i] = ratioOf(bands.band(0)[i], bands.band(1)[i], bands.band(2)[i]);
    }
    return ratios;
}

Image<std::uint8_t> classifyByRatio(const Image<float>& bands, double threshold, double minimumBlue) {
    checkBands(bands);
    Image<std::uint8_t> classes(1, bands.rows(), bands.columns());
    for (std::size_t i = 0; i < bands.bandSize(); ++i) {
        const float blue = bands.band(0)[i];
        const float ratio = ratioOf(blue, bands.band(1)[i], bands.band(2)[i]);
        const bool ice = static_cast<double>(ratio) > threshold && static_cast<double>(blue) >= minimumBlue;
        classes.values()[i] = std::isnan(ratio) ? NotPredicted : ice ? Glacier : Background;
    }
    return classes;
}

Image<std::uint8_t> bandRatio(const Image<float>& bands, const BandRatioOptions& options) {
    const double threshold = options.threshold ? *options.threshold : otsuThreshold(bandRatios(bands));
    return medianFilter(classifyByRatio(bands, threshold, options.minimumBlue), options.medianSize);
}

} // namespace nunatak::prediction
