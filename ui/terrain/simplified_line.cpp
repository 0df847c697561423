// SPDX-License-Identifier: GPL-3.0-or-later
#include "terrain/simplified_line.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace nunatak::ui::terrain {

namespace {

double squaredDistance(const Vec3& point, const Vec3& from, const Vec3& to) {
    const auto span = to - from;
    const double size = dot(span, span);
    const double along = size > 0 ? std::clamp(dot(point - from, span) / size, 0.0, 1.0) : 0;
    const auto offset = point - (from + span * along);
    return dot(offset, offset);
}

} // namespace

std::vector<Vec3> simplified(const std::vector<Vec3>& line, double tolerance) {
    if (line.size() < 3 || tolerance <= 0) {
        return line;
    }
    std::vector<bool> kept(line.size(), false);
    kept.front() = kept.back() = true;
    std::vector<std::pair<std::size_t, std::size_t>> open{{0, line.size() - 1}};
    while (!open.empty()) {
        const auto [first, last] = open.back();
        open.pop_back();
        double most = tolerance * tolerance;
        std::size_t farthest = first;
        for (std::size_t i = first + 1; i < last; ++i) {
            if (const double distance = squaredDistance(line[i], line[first], line[last]); distance > most) {
                most = distance;
                farthest = i;
            }
        }
        if (farthest != first) {
            kept[farthest] = true;
            open.emplace_back(first, farthest);
            open.emplace_back(farthest, last);
        }
    }
    std::vector<Vec3> result;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (kept[i]) {
            result.push_back(line[i]);
        }
    }
    return result;
}

} // namespace nunatak::ui::terrain
