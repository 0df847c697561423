// SPDX-License-Identifier: GPL-3.0-or-later
#include "prediction/confidence.h"

#include <algorithm>
#include <cmath>

namespace nunatak::prediction {

double shannonConfidence(double probability) {
    if (std::isnan(probability)) {
        return probability;
    }
    constexpr double smallest = 1e-6;
    const double glacier = std::clamp(probability, smallest, 1 - smallest);
    const double background = std::clamp(1 - probability, smallest, 1 - smallest);
    const double entropy = -(glacier * std::log2(glacier) + background * std::log2(background));
    return 1 - entropy;
}

Image<float> shannonConfidence(const Image<float>& probability) {
    Image<float> confidence(probability.bands(), probability.rows(), probability.columns());
    std::transform(
        probability.values().begin(), probability.values().end(), confidence.values().begin(),
        [](float value) { return static_cast<float>(shannonConfidence(static_cast<double>(value))); });
    return confidence;
}

Image<std::uint8_t> classify(const Image<float>& probability, double threshold) {
    Image<std::uint8_t> classes(1, probability.rows(), probability.columns());
    std::transform(probability.values().begin(),
                   probability.values().begin() + static_cast<std::ptrdiff_t>(probability.bandSize()),
                   classes.values().begin(), [threshold](float value) {
                       if (std::isnan(value)) {
                           return NotPredicted;
                       }
                       return static_cast<double>(value) > threshold ? Glacier : Background;
                   });
    return classes;
}

} // namespace nunatak::prediction
