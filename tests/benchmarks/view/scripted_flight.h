// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/viewport/map_camera.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

namespace nunatak::tests {

/// A flight over a scene that does what people do: from the whole scene down to the ground, along it at a
/// grazing angle, close to one glacier, over it from straight above, and away again.
class ScriptedFlight {
public:
    /// `heightAt`: metres as drawn.
    ScriptedFlight(const geo::Extent& extent, std::function<double(geo::Point)> heightAt)
        : m_extent(extent), m_heightAt(std::move(heightAt)) {}

    /// `share` 0: its begin, 1: its end.
    ui::viewport::MapCamera at(double share) const {
        auto next = std::find_if(places.begin() + 1, places.end() - 1,
                                 [&](const Place& place) { return place.share >= share; });
        const auto& from = *(next - 1);
        const auto& to = *next;
        double t = std::clamp((share - from.share) / (to.share - from.share), 0.0, 1.0);
        t = t * t * (3 - 2 * t);
        const auto between = [t](double a, double b) { return a + (b - a) * t; };
        ui::viewport::MapCamera camera;
        camera.target.x = m_extent.xmin + m_extent.width() * between(from.east, to.east);
        camera.target.y = m_extent.ymin + m_extent.height() * between(from.north, to.north);
        camera.target.z = m_heightAt({camera.target.x, camera.target.y});
        camera.viewHeight = m_extent.height() * std::exp(between(std::log(from.view), std::log(to.view)));
        camera.heading = std::fmod(between(from.heading, to.heading), 360);
        camera.tilt = between(from.tilt, to.tilt);
        return camera;
    }

private:
    struct Place {
        double share;
        double east, north; ///< shares of the scene
        double view;        ///< height of the view, share of the scene's
        double heading, tilt;
    };
    // Of a scene of 110 km: views of 110, 55, 11, 7.5, 5.5, 2, 3 and 55 km.
    static constexpr std::array<Place, 8> places{{{0, 0.5, 0.5, 1, 0, 0},
                                                  {0.12, 0.4, 0.6, 0.5, 20, 45},
                                                  {0.28, 0.3, 0.4, 0.1, 60, 62},
                                                  {0.46, 0.45, 0.48, 0.068, 100, 72},
                                                  {0.6, 0.55, 0.6, 0.05, 160, 65},
                                                  {0.72, 0.56, 0.61, 0.018, 180, 30},
                                                  {0.82, 0.6, 0.6, 0.027, 270, 0},
                                                  {1, 0.5, 0.5, 0.5, 350, 50}}};
    geo::Extent m_extent;
    std::function<double(geo::Point)> m_heightAt;
};

} // namespace nunatak::tests
