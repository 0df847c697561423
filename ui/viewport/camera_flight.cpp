// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewport/camera_flight.h"

#include <algorithm>
#include <cmath>

namespace nunatak::ui::viewport {

namespace {

// The paper's rho and V as its readers liked them best; a desktop wants it somewhat quicker.
constexpr double rho = 1.42;
constexpr double speed = 2.4;
constexpr double shortest = 0.35; // seconds
constexpr double longest = 1.8;
// Closer than this share of the view's height nothing is travelled, only zoomed.
constexpr double sameplace = 1e-3;

double eased(double x) {
    x = std::clamp(x, 0.0, 1.0);
    return x * x * (3 - 2 * x);
}

double turnBetween(double from, double to) {
    const double turn = std::fmod(to - from, 360.0);
    return turn > 180 ? turn - 360 : turn < -180 ? turn + 360 : turn;
}

} // namespace

CameraFlight::CameraFlight(const MapCamera& from, const MapCamera& to) : m_from(from), m_to(to) {
    const double w0 = from.viewHeight;
    const double w1 = to.viewHeight;
    const auto way = to.target - from.target;
    m_ground = std::hypot(way.x, way.y);
    if (m_ground < sameplace * std::min(w0, w1)) {
        m_ground = 0;
        m_path = std::abs(std::log(w1 / w0)) / rho;
    } else {
        const double u2 = m_ground * m_ground;
        const auto r = [&](double w, double sign) {
            const double b =
                (w1 * w1 - w0 * w0 + sign * rho * rho * rho * rho * u2) / (2 * w * rho * rho * m_ground);
            return -std::asinh(b);
        };
        m_bend = r(w0, 1);
        m_path = (r(w1, -1) - m_bend) / rho;
    }
    // A turn is a way too.
    const double turned = std::hypot(turnBetween(from.heading, to.heading), to.tilt - from.tilt) / 60;
    m_seconds = std::clamp(std::max(m_path, turned) / speed + 0.2, shortest, longest);
}

CameraFlight::Place CameraFlight::placeAt(double share) const {
    const double w0 = m_from.viewHeight;
    const double s = share * m_path;
    if (m_ground == 0) {
        return {share, w0 * std::pow(m_to.viewHeight / w0, share)};
    }
    const double u = w0 / (rho * rho) * (std::cosh(m_bend) * std::tanh(rho * s + m_bend) - std::sinh(m_bend));
    return {u / m_ground, w0 * std::cosh(m_bend) / std::cosh(rho * s + m_bend)};
}

MapCamera CameraFlight::at(double secondsSinceStart) const {
    if (secondsSinceStart >= m_seconds) {
        return m_to;
    }
    const double share = eased(secondsSinceStart / m_seconds);
    const auto place = placeAt(share);
    MapCamera camera;
    camera.target = m_from.target + (m_to.target - m_from.target) * place.along;
    camera.viewHeight = place.height;
    camera.tilt = m_from.tilt + (m_to.tilt - m_from.tilt) * share;
    const double heading = m_from.heading + turnBetween(m_from.heading, m_to.heading) * share;
    camera.heading = std::fmod(heading + 360, 360.0);
    return camera;
}

void CameraFlight::scaleHeights(double factor) {
    m_from.scaleHeights(factor);
    m_to.scaleHeights(factor);
}

} // namespace nunatak::ui::viewport
