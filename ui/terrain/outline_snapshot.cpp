// SPDX-License-Identifier: GPL-3.0-or-later
#include "terrain/outline_snapshot.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace nunatak::ui::terrain {

namespace {

constexpr float always = std::numeric_limits<float>::infinity();

double squaredDistance(geo::Point point, geo::Point from, geo::Point to) {
    const double dx = to.x - from.x;
    const double dy = to.y - from.y;
    const double px = point.x - from.x;
    const double py = point.y - from.y;
    const double size = dx * dx + dy * dy;
    const double along = size > 0 ? std::clamp((px * dx + py * dy) / size, 0.0, 1.0) : 0;
    return (px - along * dx) * (px - along * dx) + (py - along * dy) * (py - along * dy);
}

} // namespace

std::vector<float> vertexImportance(const geo::Ring& ring) {
    std::vector<float> importance(ring.size(), 0);
    if (ring.size() < 4) {
        std::fill(importance.begin(), importance.end(), always);
        return importance;
    }
    // A ring has no ends: its first vertex and the one farthest from it serve as such.
    std::size_t opposite = 0;
    double most = -1;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        const double away = std::hypot(ring[i].x - ring[0].x, ring[i].y - ring[0].y);
        if (away > most) {
            most = away;
            opposite = i;
        }
    }
    importance[0] = importance[opposite] = always;
    struct Span {
        std::size_t first, last; ///< last may be ring.size(): the first vertex again
        float limit;             ///< no vertex outlives those it lies between
    };
    std::vector<Span> open{{0, opposite, always}, {opposite, ring.size(), always}};
    while (!open.empty()) {
        const auto span = open.back();
        open.pop_back();
        if (span.last - span.first < 2) {
            continue;
        }
        double farthest = -1;
        std::size_t at = span.first + 1;
        for (std::size_t i = span.first + 1; i < span.last; ++i) {
            const double away = squaredDistance(ring[i], ring[span.first], ring[span.last % ring.size()]);
            if (away > farthest) {
                farthest = away;
                at = i;
            }
        }
        importance[at] = std::min(span.limit, static_cast<float>(std::sqrt(farthest)));
        open.push_back({span.first, at, importance[at]});
        open.push_back({at, span.last, importance[at]});
    }
    return importance;
}

ThinnedOutline::ThinnedOutline(Handle outline) : m_outline(std::move(outline)) {}

std::vector<geo::Ring> ThinnedOutline::rings(double tolerance) const {
    std::call_once(m_once, [this] {
        for (const auto& polygon : m_outline->geometry) {
            m_importance.push_back(vertexImportance(polygon.outer));
            for (const auto& hole : polygon.holes) {
                m_importance.push_back(vertexImportance(hole));
            }
        }
    });
    std::vector<geo::Ring> rings;
    std::size_t number = 0;
    const auto add = [&](const geo::Ring& ring) {
        const auto& importance = m_importance[number++];
        geo::Ring kept;
        for (std::size_t i = 0; i < ring.size(); ++i) {
            if (importance[i] > tolerance || tolerance <= 0) {
                kept.push_back(ring[i]);
            }
        }
        rings.push_back(std::move(kept));
    };
    for (const auto& polygon : m_outline->geometry) {
        add(polygon.outer);
        for (const auto& hole : polygon.holes) {
            add(hole);
        }
    }
    return rings;
}

} // namespace nunatak::ui::terrain
