// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/line_shape.h"
#include "pictures.h"

#include <QtTest>

#include <algorithm>
#include <functional>
#include <numbers>
#include <numeric>
#include <random>
#include <vector>

namespace nunatak::tests {

inline double meanOf(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

inline double shareOf(std::vector<double> values, double part) {
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1))];
}

/// Of two lines from each other, along both, both ways.
inline double distanceBetween(const geo::Ring& a, const geo::Ring& b, double step) {
    const auto oneWay = [&](const geo::Ring& line, const geo::Ring& other) {
        const geo::Ring places = editing::resampled(line, step);
        double sum = 0;
        for (const geo::Point& place : places) {
            double nearest = 1e300;
            for (std::size_t i = 0; i + 1 < other.size(); ++i) {
                nearest = std::min(nearest, geo::distanceToSegment(place, other[i], other[i + 1]));
            }
            sum += nearest;
        }
        return sum / static_cast<double>(places.size());
    };
    return (oneWay(a, b) + oneWay(b, a)) / 2;
}

/// How far lines between clicks lie from where an expert's line is, stretch by stretch, in pixels.
struct Judged {
    std::vector<double> wires;
    std::vector<double> straights;

    void tell(const char* which, double spacing) const {
        qInfo("%s, clicks %2.0f pixels apart, %4zu stretches; mean, median, 95 %% of the pixels from the "
              "expert's line: wire %.2f %.2f %.2f, straight %.2f %.2f %.2f",
              which, spacing, wires.size(), meanOf(wires), shareOf(wires, 0.5), shareOf(wires, 0.95),
              meanOf(straights), shareOf(straights, 0.5), shareOf(straights, 0.95));
    }
};

/// Whether the picture shows an edge along most of an expert's line, within two pixels of it.
inline bool isInSight(const geo::Ring& expert, const wire::CostSurface& surface) {
    const auto& grid = surface.grid();
    const geo::Ring places = editing::gaussianSmoothed(editing::resampled(expert, grid.pixelSize / 2), 3);
    int seen = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const geo::Point before = grid.toPixel(places[i - std::min<std::size_t>(i, 3)]);
        const geo::Point after = grid.toPixel(places[std::min(places.size() - 1, i + 3)]);
        const double length = std::max(1e-9, geo::distance(before, after));
        const geo::Point normal{(before.y - after.y) / length, (after.x - before.x) / length};
        const geo::Point here = grid.toPixel(places[i]);
        bool isSeen = false;
        for (double away = -2; away <= 2; away += 0.5) {
            isSeen =
                isSeen || surface.clarity({here.x + away * normal.x, here.y + away * normal.y}, normal) > 0.4;
        }
        seen += isSeen ? 1 : 0;
    }
    return seen > 0.8 * static_cast<double>(places.size());
}

struct Verdict {
    Judged all;
    Judged inSight; ///< of them those where the picture shows an edge: isInSight()
};

/// Clicks exactly on the experts' rings, as far apart along them; of few rings from four beginnings each, so
/// that they make many stretches. What leaves the picture is left out.
inline Verdict judge(const std::vector<geo::Ring>& rings, double spacing, const wire::CostSurface& surface,
                     const std::function<geo::Ring(geo::Point from, geo::Point to)>& wire) {
    Verdict verdict;
    const geo::Grid& grid = surface.grid();
    const geo::Extent inner = grid.extent().grown(-grid.pixelSize);
    const std::size_t beginnings = rings.size() > 20 ? 1 : 4;
    const double apart = spacing * grid.pixelSize;
    for (const geo::Ring& ring : rings) {
        for (std::size_t beginning = 0; beginning < beginnings; ++beginning) {
            std::vector<std::size_t> clicks;
            // The first one is at once, or after a share of a stretch.
            double passed = apart * (1 - static_cast<double>(beginning) / static_cast<double>(beginnings));
            for (std::size_t i = 0; i < ring.size(); ++i) {
                passed += i > 0 ? geo::distance(ring[i - 1], ring[i]) : 0;
                if (passed >= apart) {
                    clicks.push_back(i);
                    passed = 0;
                }
            }
            for (std::size_t k = 1; k < clicks.size(); ++k) {
                const geo::Ring expert(ring.begin() + static_cast<std::ptrdiff_t>(clicks[k - 1]),
                                       ring.begin() + static_cast<std::ptrdiff_t>(clicks[k]) + 1);
                if (!std::all_of(expert.begin(), expert.end(),
                                 [&](const geo::Point& point) { return inner.contains(point); })) {
                    continue;
                }
                const auto away = [&](const geo::Ring& line) {
                    return distanceBetween(line, expert, grid.pixelSize / 2) / grid.pixelSize;
                };
                const double wired = away(wire(expert.front(), expert.back()));
                const double straight = away({expert.front(), expert.back()});
                verdict.all.wires.push_back(wired);
                verdict.all.straights.push_back(straight);
                if (isInSight(expert, surface)) {
                    verdict.inSight.wires.push_back(wired);
                    verdict.inSight.straights.push_back(straight);
                }
            }
        }
    }
    return verdict;
}

/// A glacier's margin that winds, on a grid of 900 x 900 pixels as gridOf() makes it, and what it looks like.
class SimulatedMargin {
public:
    explicit SimulatedMargin(unsigned seed) {
        std::mt19937 random(seed);
        std::uniform_real_distribution<double> angle(0, 2 * std::numbers::pi);
        for (double& phase : m_phases) {
            phase = angle(random);
        }
    }

    geo::Ring ring() const {
        geo::Ring ring;
        for (int i = 0; i < 4000; ++i) {
            const double angle = 2 * std::numbers::pi * i / 4000;
            ring.push_back(
                {middle.x + radius(angle) * std::cos(angle), middle.y + radius(angle) * std::sin(angle)});
        }
        return ring;
    }
    /// Ice is as much brighter than rock as `contrast`, a third of that in the shadow.
    double level(double x, double y, double contrast) const {
        const double angle = std::atan2(y - middle.y, x - middle.x);
        const double beyond = std::hypot(x - middle.x, y - middle.y) - radius(angle);
        double level = beyond < 0 ? 80 + contrast : 80;
        if (beyond < 0) {
            level -= 0.25 * contrast * std::max(0.0, std::sin(x / 60 + m_phases[0]));       // crevasses
            level -= std::abs(std::fmod(angle + 7, 0.9) - 0.3) < 0.01 ? 0.6 * contrast : 0; // moraines
        } else {
            level += 0.3 * contrast * std::sin(14 * angle + beyond / 150 + m_phases[1]); // gullies
        }
        const bool isShadow = x + 0.3 * y > 37000 && x + 0.3 * y < 39500;
        return isShadow ? level / 3 : level;
    }

private:
    static constexpr geo::Point middle{4500, 95500};

    double radius(double angle) const {
        double radius = 3000;
        const std::array<double, 6> sizes{350, 200, 120, 70, 40, 25};
        const std::array<int, 6> waves{3, 5, 9, 17, 31, 53};
        for (std::size_t i = 0; i < sizes.size(); ++i) {
            radius += sizes[i] * std::cos(waves[i] * angle + m_phases[i]);
        }
        return radius;
    }

    std::array<double, 6> m_phases{};
};

} // namespace nunatak::tests
