// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/stored_values.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nunatak::scene {

namespace {

bool isRaised(const QualityFlag& flag, float stored) {
    const auto number = static_cast<unsigned>(std::clamp(stored, 0.0F, 65535.0F));
    if (flag.bit >= 0) {
        return (number >> static_cast<unsigned>(flag.bit) & 1U) != 0;
    }
    return std::find(flag.values.begin(), flag.values.end(), static_cast<int>(number)) != flag.values.end();
}

} // namespace

bool isReadAsPower(const SceneRaster& raster) {
    return raster.conversion == Conversion::Decibels || raster.conversion == Conversion::Amplitude;
}

double toValue(double stored, const SceneRaster& raster) {
    if (isReadAsPower(raster)) {
        return stored; // power already: it had to be before anything was averaged
    }
    const double value = stored * raster.scale + raster.offset;
    switch (raster.conversion) {
    case Conversion::None:
        return value;
    case Conversion::BrightnessTemperature:
        // No radiance, no temperature: the logarithm has no value there.
        return value > 0 ? raster.k2 / std::log(raster.k1 / value + 1)
                         : std::numeric_limits<double>::quiet_NaN();
    case Conversion::Decibels:
    case Conversion::Amplitude:
        break;
    }
    return value;
}

void toValues(Image<float>& pixels, const SceneRaster& raster, const std::vector<std::size_t>& places) {
    if (!raster.flags.empty()) {
        for (std::size_t k = 0; k < places.size(); ++k) {
            const QualityFlag& flag = raster.flags.at(places[k]);
            float* values = pixels.band(static_cast<int>(k));
            for (std::size_t i = 0; i < pixels.bandSize(); ++i) {
                values[i] = std::isnan(values[i]) ? values[i] : isRaised(flag, values[i]) ? 1.0F : 0.0F;
            }
        }
        return;
    }
    if (isReadAsPower(raster) ||
        (raster.scale == 1 && raster.offset == 0 && raster.conversion == Conversion::None)) {
        return;
    }
    for (float& value : pixels.values()) {
        value = static_cast<float>(toValue(value, raster));
    }
}

} // namespace nunatak::scene
