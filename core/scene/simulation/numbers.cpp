// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/simulation/numbers.h"

#include <algorithm>
#include <cmath>

namespace nunatak::scene::simulation {

std::uint64_t mixed(std::uint64_t value) {
    value += 0x9E3779B97F4A7C15ULL;
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9ULL;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBULL;
    return value ^ (value >> 31);
}

std::uint64_t Random::next() {
    m_state += 0x9E3779B97F4A7C15ULL;
    return mixed(m_state);
}

double Random::uniform() {
    return static_cast<double>(next() >> 11) * 0x1.0p-53;
}

double normalAt(std::uint64_t seed, std::uint64_t stream, std::uint64_t pixel) {
    std::uint64_t bits = mixed(seed ^ mixed(stream * 0xD1B54A32D192ED03ULL + pixel));
    // Four 16-bit uniforms: variance 4 / 12.
    double sum = 0;
    for (int i = 0; i < 4; ++i) {
        sum += static_cast<double>(bits & 0xFFFF) / 65536.0;
        bits >>= 16;
    }
    return (sum - 2.0) * 1.7320508075688772;
}

double sineOfDegrees(double degrees) {
    degrees -= 360 * std::floor(degrees / 360 + 0.5);
    if (degrees > 90) {
        degrees = 180 - degrees;
    } else if (degrees < -90) {
        degrees = -180 - degrees;
    }
    const double x = degrees * 0.017453292519943295;
    const double square = x * x;
    double term = x;
    double sum = x;
    for (int n = 1; n < 10; ++n) {
        term *= -square / (2 * n * (2 * n + 1));
        sum += term;
    }
    return sum;
}

double cosineOfDegrees(double degrees) {
    return sineOfDegrees(degrees + 90);
}

double smoothStep(double low, double high, double value) {
    const double t = std::clamp((value - low) / (high - low), 0.0, 1.0);
    return t * t * (3 - 2 * t);
}

} // namespace nunatak::scene::simulation
