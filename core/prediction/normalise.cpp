// SPDX-License-Identifier: GPL-3.0-or-later
#include "prediction/normalise.h"

#include "base/error.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace nunatak::prediction {

namespace {

float scaled(double value, const models::BandScaling& scaling) {
    // The published offset keeps the logarithm of a backscatter of 0 finite.
    const double number = scaling.logarithmic ? std::log10(std::max(value, 0.0) + 1e-6) : value;
    return static_cast<float>((number - scaling.minimum) / (scaling.maximum - scaling.minimum));
}

} // namespace

void normalise(Image<float>& values, const std::string& feature,
               const std::vector<models::BandScaling>& scaling) {
    if (static_cast<std::size_t>(values.bands()) != scaling.size()) {
        throw Error("The model scales " + std::to_string(scaling.size()) + " bands of " + feature +
                    " but was given " + std::to_string(values.bands()) + "; its model.json does not fit.");
    }
    for (int band = 0; band < values.bands(); ++band) {
        const auto& bandScaling = scaling[static_cast<std::size_t>(band)];
        if (!(bandScaling.maximum > bandScaling.minimum)) {
            throw Error("The model's scaling of " + feature + " band " + std::to_string(band + 1) +
                        " has no range; its model.json is damaged.");
        }
        const float gap = feature == "optical" ? scaled(0, bandScaling) : 0.0F;
        float* pixels = values.band(band);
        std::transform(pixels, pixels + values.bandSize(), pixels, [&](float value) {
            return std::isfinite(value) ? scaled(static_cast<double>(value), bandScaling) : gap;
        });
    }
}

} // namespace nunatak::prediction
