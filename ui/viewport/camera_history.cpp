// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewport/camera_history.h"

#include <algorithm>
#include <cmath>

namespace nunatak::ui::viewport {

namespace {

constexpr std::size_t longest = 100; // nobody goes back further
constexpr double pause = 1.5;        // seconds after which a hand begins something new

/// How different two views may be: of the view's height, as a factor of scale, in degrees.
struct Tolerance {
    double way;
    double scale;
    double turn;
};
/// To the eye.
constexpr Tolerance same{0.02, 1.05, 1.5};
/// A little further on.
constexpr Tolerance near{0.35, 1.4, 15};

bool areAlike(const MapCamera& a, const MapCamera& b, const Tolerance& within) {
    const auto way = a.target - b.target;
    const double larger = std::max(a.viewHeight, b.viewHeight);
    const double smaller = std::min(a.viewHeight, b.viewHeight);
    return std::hypot(way.x, way.y) <= within.way * smaller && larger <= within.scale * smaller &&
           std::abs(std::remainder(a.heading - b.heading, 360)) <= within.turn &&
           std::abs(a.tilt - b.tilt) <= within.turn;
}

} // namespace

void CameraHistory::leave(const MapCamera& from) {
    m_lastDrift.reset();
    if (!m_left.empty() && areAlike(m_left.back(), from, near)) {
        m_left.back() = from; // as it was looked at last
        return;
    }
    m_left.push_back(from);
    if (m_left.size() > longest) {
        m_left.pop_front();
    }
}

void CameraHistory::drift(const MapCamera& from, double seconds) {
    if (!m_lastDrift || seconds - *m_lastDrift > pause) {
        leave(from);
    }
    m_lastDrift = seconds;
}

std::optional<MapCamera> CameraHistory::back(const MapCamera& now) {
    m_lastDrift.reset();
    while (!m_left.empty()) {
        const auto last = m_left.back();
        m_left.pop_back();
        if (!areAlike(last, now, same)) {
            return last;
        }
    }
    return std::nullopt;
}

void CameraHistory::clear() {
    m_left.clear();
    m_lastDrift.reset();
}

void CameraHistory::scaleHeights(double factor) {
    for (auto& camera : m_left) {
        camera.scaleHeights(factor);
    }
}

} // namespace nunatak::ui::viewport
