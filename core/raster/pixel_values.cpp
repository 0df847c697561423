// SPDX-License-Identifier: GPL-3.0-or-later
#include "raster/pixel_values.h"

#include <cmath>
#include <limits>

namespace nunatak::raster {

namespace {

constexpr float nothing = std::numeric_limits<float>::quiet_NaN();

/// What SRTM, TanDEM-X and many others put into voids, declared or not; no height and no reflectance is ever
/// that number.
bool isUsualVoid(float value) {
    return value == -32768 || value == -32767 || value == -9999;
}

/// 10 dB are 10 times the power, an amplitude of 10 is 100 times it.
float powerOf(double stored, PowerScale scale) {
    if (scale == PowerScale::Decibels) {
        return static_cast<float>(std::pow(10, stored / 10));
    }
    return stored < 0 ? nothing : static_cast<float>(stored * stored); // no amplitude is negative
}

} // namespace

void toValues(const BandInfo& band, float* values, std::size_t count) {
    const float noData = band.noData ? static_cast<float>(*band.noData) : nothing;
    // Nothing measured is that large: lowest floats that some programs write for no data without declaring
    // it.
    constexpr float absurd = 1e30F;
    const bool isPower = band.power != PowerScale::Linear;
    const bool isMeasured = band.dataType != "Byte" && band.dataType != "UInt16";
    const bool undeclared = ((!band.noData || band.usualVoids) && isMeasured) || isPower;
    const bool scaled = band.scale != 1 || band.offset != 0;
    if (!band.noData && !undeclared && !scaled) {
        return; // whole numbers as they are
    }
    for (std::size_t i = 0; i < count; ++i) {
        if (values[i] == noData || (undeclared && isUsualVoid(values[i])) ||
            !(std::abs(values[i]) < absurd)) {
            values[i] = nothing;
        } else if (isPower) {
            values[i] = powerOf(values[i] * band.scale + band.offset, band.power);
        } else if (scaled) {
            values[i] = static_cast<float>(values[i] * band.scale + band.offset);
        }
    }
}

} // namespace nunatak::raster
