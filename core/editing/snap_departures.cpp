// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/snap_departures.h"

#include "editing/boundaries.h"
#include "geo/segments.h"

#include <algorithm>
#include <limits>

namespace nunatak::editing {

namespace {

/// So many times as long as it is wide is what lies between two lines that are nearly one, and not two that
/// part from one another.
constexpr double departure = 4;

double distanceOf(const SnapVertex& near) {
    double least = near.line ? near.line->distance : std::numeric_limits<double>::infinity();
    for (const SnapTarget& target : near.vertices) {
        least = std::min(least, target.distance);
    }
    return least;
}

} // namespace

void leaveDepartures(std::vector<SnapVertex>& near,
                     const std::function<geo::VertexId(const geo::VertexId&)>& next) {
    const auto step = [&](std::size_t i, std::size_t k) {
        return geo::distance(near[i].point, near[k].point);
    };
    const auto leave = [&](std::size_t i) {
        near[i].vertices.clear();
        near[i].line.reset();
    };
    // Rings lie in a row; each is gone through from a place where no run of near vertices goes on.
    for (std::size_t begin = 0; begin < near.size();) {
        std::size_t end = begin + 1;
        while (end < near.size() && near[end].vertex.part == near[begin].vertex.part &&
               near[end].vertex.ring == near[begin].vertex.ring) {
            ++end;
        }
        const std::size_t count = end - begin;
        const auto at = [&](std::size_t i) { return begin + i % count; };
        const auto joins = [&](std::size_t i) { // the one after it is its neighbour on the ring
            return key(next(near[at(i)].vertex)) == key(near[at(i + 1)].vertex);
        };
        std::size_t start = 0;
        while (start < count && near[at(start)].kind == SnapVertex::Kind::Beside &&
               joins(start + count - 1)) {
            ++start;
        }
        for (std::size_t i = start; i < start + count;) {
            if (near[at(i)].kind != SnapVertex::Kind::Beside) {
                ++i;
                continue;
            }
            std::size_t last = i;
            while (last + 1 < start + count && joins(last) &&
                   near[at(last + 1)].kind == SnapVertex::Kind::Beside) {
                ++last;
            }
            const bool isAll = last - i + 1 == count;
            const bool before =
                !isAll && joins(i + count - 1) && near[at(i + count - 1)].kind == SnapVertex::Kind::Shared;
            const bool after = !isAll && joins(last) && near[at(last + 1)].kind == SnapVertex::Kind::Shared;
            if (before != after) {
                // From the shared end on.
                double along = 0;
                std::size_t kept = 0;
                const std::size_t length = last - i + 1;
                const auto nth = [&](std::size_t k) { return before ? at(i + k) : at(last + count - k); };
                std::size_t previous = before ? at(i + count - 1) : at(last + 1);
                for (std::size_t k = 0; k < length; ++k) {
                    along += step(previous, nth(k));
                    previous = nth(k);
                    if (distanceOf(near[nth(k)]) <= along / departure) {
                        kept = k + 1;
                    }
                }
                for (std::size_t k = kept; k < length; ++k) {
                    leave(nth(k));
                }
            }
            i = last + 1;
        }
        begin = end;
    }
}

void leaveDepartures(std::vector<SnapBeside>& points, bool begins, bool ends) {
    if (begins == ends || points.empty()) {
        return;
    }
    const double length = geo::distance(points.front().a, points.front().b);
    const auto isAlong = [&](const SnapBeside& each) {
        const double along = (begins ? each.share : 1 - each.share) * length;
        return each.distance <= onLine || each.distance <= along / departure;
    };
    if (begins) {
        while (!points.empty() && !isAlong(points.back())) {
            points.pop_back();
        }
    } else {
        points.erase(points.begin(), std::find_if(points.begin(), points.end(), isAlong));
    }
}

} // namespace nunatak::editing
