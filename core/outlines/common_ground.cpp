// SPDX-License-Identifier: GPL-3.0-or-later
#include "outlines/common_ground.h"

#include "geo/rings.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <thread>
#include <unordered_map>

namespace nunatak::outlines {

namespace {

/// A stretch of a line that lies in an outline.
struct Stretch {
    std::int64_t line = 0;
    double begin = 0;
    double end = 0;
    std::uint32_t outline = 0;
};

struct Crossing {
    std::int64_t line = 0;
    double x = 0;
};

/// Line k lies at (k + 0.5) · spacing.
void cross(const geo::Ring& ring, double spacing, std::vector<Crossing>& crossings) {
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
        const geo::Point low = ring[i].y < ring[j].y ? ring[i] : ring[j];
        const geo::Point high = ring[i].y < ring[j].y ? ring[j] : ring[i];
        const auto first = static_cast<std::int64_t>(std::ceil(low.y / spacing - 0.5));
        const auto end = static_cast<std::int64_t>(std::ceil(high.y / spacing - 0.5));
        if (first >= end) {
            continue;
        }
        const double slope = (high.x - low.x) / (high.y - low.y);
        for (std::int64_t line = first; line < end; ++line) {
            const double y = (static_cast<double>(line) + 0.5) * spacing;
            crossings.push_back({line, low.x + (y - low.y) * slope});
        }
    }
}

/// Sorted by their lines, and on each from west to east.
std::vector<Stretch> stretchesOf(const std::vector<OutlineHandle>& outlines, double spacing,
                                 std::vector<double>& areas) {
    std::vector<Stretch> stretches;
    std::vector<Crossing> crossings;
    areas.assign(outlines.size(), 0);
    for (std::size_t i = 0; i < outlines.size(); ++i) {
        crossings.clear();
        geo::forEachRing(outlines[i]->geometry,
                         [&](const geo::Ring& ring, int, int) { cross(ring, spacing, crossings); });
        std::sort(crossings.begin(), crossings.end(), [](const Crossing& a, const Crossing& b) {
            return a.line != b.line ? a.line < b.line : a.x < b.x;
        });
        for (std::size_t k = 0; k + 1 < crossings.size(); k += 2) {
            stretches.push_back(
                {crossings[k].line, crossings[k].x, crossings[k + 1].x, static_cast<std::uint32_t>(i)});
            areas[i] += (crossings[k + 1].x - crossings[k].x) * spacing;
        }
    }
    std::sort(stretches.begin(), stretches.end(), [](const Stretch& a, const Stretch& b) {
        return a.line != b.line ? a.line < b.line : a.begin < b.begin;
    });
    return stretches;
}

} // namespace

LayersInCommon inCommon(const std::vector<OutlineHandle>& ones, const std::vector<OutlineHandle>& others,
                        double spacing) {
    LayersInCommon found;
    std::vector<Stretch> theirs;
    std::vector<Stretch> ours;
    {
        constexpr std::size_t worthAThread = 200;
        std::jthread other;
        const auto look = [&] { theirs = stretchesOf(others, spacing, found.others); };
        if (others.size() > worthAThread) {
            other = std::jthread(look);
        } else {
            look();
        }
        ours = stretchesOf(ones, spacing, found.ones);
    }
    std::unordered_map<std::uint64_t, double> lengths;
    std::size_t first = 0; // of theirs: none before it can meet what comes
    std::int64_t line = std::numeric_limits<std::int64_t>::min();
    double widest = 0; // of theirs on the line, up to `seen`
    std::size_t seen = 0;
    for (const Stretch& one : ours) {
        if (one.line != line) {
            line = one.line;
            while (seen < theirs.size() && theirs[seen].line < line) {
                ++seen;
            }
            first = seen;
            widest = 0;
            for (std::size_t k = first; k < theirs.size() && theirs[k].line == line; ++k) {
                widest = std::max(widest, theirs[k].end - theirs[k].begin);
            }
        }
        while (first < theirs.size() && theirs[first].line == line &&
               theirs[first].begin + widest < one.begin) {
            ++first;
        }
        for (std::size_t k = first; k < theirs.size() && theirs[k].line == line && theirs[k].begin < one.end;
             ++k) {
            const double length = std::min(one.end, theirs[k].end) - std::max(one.begin, theirs[k].begin);
            if (length > 0) {
                lengths[(static_cast<std::uint64_t>(one.outline) << 32U) | theirs[k].outline] += length;
            }
        }
    }
    found.common.reserve(lengths.size());
    for (const auto& [pair, length] : lengths) {
        found.common.push_back({static_cast<std::size_t>(pair >> 32U),
                                static_cast<std::size_t>(pair & 0xFFFFFFFFU), length * spacing});
    }
    return found;
}

} // namespace nunatak::outlines
