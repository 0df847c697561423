// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scene/scene.h"

#include <chrono>
#include <optional>
#include <string>

namespace nunatak::ranking {

/// Where the sun stands, in degrees: above the horizon, and clockwise from true north (0 to 360).
struct SunDirection {
    double elevation = 0;
    double azimuth = 0;
};

/// The sun over a place (degrees, east and north positive) at a moment of UTC, without refraction, to a few
/// hundredths of a degree between 1901 and 2099. The equations of NOAA's Solar Calculator, after Meeus
/// (1998), Astronomical Algorithms.
SunDirection solarDirection(std::chrono::sys_seconds utc, double longitude, double latitude);

/// The sun at a scene's centre.
struct Sun {
    double elevation = 0;          ///< degrees above the horizon
    std::optional<double> azimuth; ///< degrees clockwise from true north
    bool isComputed = false;       ///< from day, time and place, as the metadata do not tell
};

/// What the scene's metadata tell of the sun; what they leave out is computed where day and time are known.
/// None where neither is: it is never guessed.
std::optional<Sun> sunOf(const scene::Scene& scene);

/// 1 to 366 of an ISO date; none when it names no day.
std::optional<int> dayOfYear(const std::string& date);

} // namespace nunatak::ranking
