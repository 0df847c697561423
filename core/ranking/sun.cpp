// SPDX-License-Identifier: GPL-3.0-or-later
#include "ranking/sun.h"

#include <charconv>
#include <cmath>
#include <numbers>

namespace nunatak::ranking {

namespace {

constexpr double degree = std::numbers::pi / 180;

/// The digits [begin, begin + count) of a text as a number; -1 where there are none.
int digits(const std::string& text, std::size_t begin, std::size_t count) {
    int value = -1;
    if (begin + count > text.size()) {
        return -1;
    }
    const char* first = text.data() + begin;
    const auto result = std::from_chars(first, first + count, value);
    return result.ec == std::errc() && result.ptr == first + count ? value : -1;
}

std::optional<std::chrono::year_month_day> dayIn(const std::string& date) {
    if (date.size() != 10) {
        return std::nullopt;
    }
    const std::chrono::year_month_day day{
        std::chrono::year(digits(date, 0, 4)),
        std::chrono::month(static_cast<unsigned>(std::max(0, digits(date, 5, 2)))),
        std::chrono::day(static_cast<unsigned>(std::max(0, digits(date, 8, 2))))};
    return day.ok() ? std::optional(day) : std::nullopt;
}

std::optional<std::chrono::sys_seconds> momentOf(const scene::Scene& scene) {
    const auto day = dayIn(scene.date);
    const int hours = digits(scene.time, 0, 2);
    const int minutes = digits(scene.time, 3, 2);
    const int seconds = digits(scene.time, 6, 2);
    if (!day || hours < 0 || minutes < 0 || seconds < 0) {
        return std::nullopt;
    }
    return std::chrono::sys_days(*day) + std::chrono::hours(hours) + std::chrono::minutes(minutes) +
           std::chrono::seconds(seconds);
}

/// Declination in radians and the equation of time in minutes.
struct SolarCoordinates {
    double declination = 0;
    double equationOfTime = 0;
};

SolarCoordinates solarCoordinates(double julianDay) {
    const double t = (julianDay - 2451545) / 36525; // Julian centuries since 2000
    const double meanLongitude = (280.46646 + t * (36000.76983 + t * 0.0003032)) * degree;
    const double anomaly = (357.52911 + t * (35999.05029 - 0.0001537 * t)) * degree;
    const double eccentricity = 0.016708634 - t * (0.000042037 + 0.0000001267 * t);
    const double centre =
        (std::sin(anomaly) * (1.914602 - t * (0.004817 + 0.000014 * t)) +
         std::sin(2 * anomaly) * (0.019993 - 0.000101 * t) + std::sin(3 * anomaly) * 0.000289) *
        degree;
    const double node = (125.04 - 1934.136 * t) * degree;
    const double longitude = meanLongitude + centre - (0.00569 + 0.00478 * std::sin(node)) * degree;
    const double seconds = 21.448 - t * (46.815 + t * (0.00059 - t * 0.001813));
    const double obliquity = (23 + (26 + seconds / 60) / 60 + 0.00256 * std::cos(node)) * degree;
    const double y = std::pow(std::tan(obliquity / 2), 2);
    const double time = y * std::sin(2 * meanLongitude) - 2 * eccentricity * std::sin(anomaly) +
                        4 * eccentricity * y * std::sin(anomaly) * std::cos(2 * meanLongitude) -
                        0.5 * y * y * std::sin(4 * meanLongitude) -
                        1.25 * eccentricity * eccentricity * std::sin(2 * anomaly);
    return {std::asin(std::sin(obliquity) * std::sin(longitude)), 4 * time / degree};
}

} // namespace

SunDirection solarDirection(std::chrono::sys_seconds utc, double longitude, double latitude) {
    const double days = std::chrono::duration<double, std::ratio<86400>>(utc.time_since_epoch()).count();
    const auto sun = solarCoordinates(days + 2440587.5);
    const double minutes = (days - std::floor(days)) * 1440 + sun.equationOfTime + 4 * longitude;
    const double hourAngle = (minutes / 4 - 180) * degree;
    const double phi = latitude * degree;
    const double up = std::sin(phi) * std::sin(sun.declination) +
                      std::cos(phi) * std::cos(sun.declination) * std::cos(hourAngle);
    const double east = -std::cos(sun.declination) * std::sin(hourAngle);
    const double north = std::cos(phi) * std::sin(sun.declination) -
                         std::sin(phi) * std::cos(sun.declination) * std::cos(hourAngle);
    const double azimuth = std::atan2(east, north) / degree;
    return {std::atan2(up, std::hypot(east, north)) / degree, azimuth < 0 ? azimuth + 360 : azimuth};
}

std::optional<Sun> sunOf(const scene::Scene& scene) {
    std::optional<Sun> sun;
    if (scene.sunElevation) {
        sun = Sun{*scene.sunElevation, scene.sunAzimuth, false};
        if (sun->azimuth) {
            return sun;
        }
    }
    if (const auto moment = momentOf(scene)) {
        const geo::CoordinateTransform toDegrees(scene.grid.crs, geo::Crs::fromUserInput("EPSG:4326"));
        const auto centre = toDegrees(scene.grid.extent().center());
        const auto computed = solarDirection(*moment, centre.x, centre.y);
        if (!sun) {
            sun = Sun{computed.elevation, computed.azimuth, true};
        } else {
            sun->azimuth = computed.azimuth;
        }
    }
    return sun;
}

std::optional<int> dayOfYear(const std::string& date) {
    const auto day = dayIn(date);
    if (!day) {
        return std::nullopt;
    }
    const auto first = std::chrono::sys_days(day->year() / std::chrono::January / 1);
    return static_cast<int>((std::chrono::sys_days(*day) - first).count()) + 1;
}

} // namespace nunatak::ranking
