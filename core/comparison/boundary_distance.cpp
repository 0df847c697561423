// SPDX-License-Identifier: GPL-3.0-or-later
#include "boundary_distance.h"

#include "geo/segment_tree.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace nunatak::comparison {

namespace {

/// The boundary pixels of one glacier in one of both layers.
struct Boundary {
    /// Those with a valid neighbour that is not of the glacier: each stretch of them in a row from the middle
    /// of the first to that of the last, so that the nearest place on it to any pixel's middle is one, too.
    std::vector<geo::SegmentTree::Segment> all;
    std::vector<geo::Point> margin; ///< those with a neighbour that is no ice
};

void addPixel(Boundary& boundary, int row, int column, bool continues) {
    const geo::Point place{static_cast<double>(column), static_cast<double>(row)};
    if (continues) {
        boundary.all.back().b = place;
    } else {
        boundary.all.push_back({place, place});
    }
}

/// Looks at three rows at a time.
Boundary boundaryOf(const IceRuns& ice, std::int32_t (*label)(const Run&), std::int32_t glacier,
                    const PixelBox& box) {
    const int first = box.firstColumn - 1;
    const auto width = static_cast<std::size_t>(box.endColumn - box.firstColumn + 2);
    std::array<std::vector<std::int32_t>, 3> rows;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        rows[i].resize(width);
        ice.labelsOf(box.firstRow - 1 + static_cast<int>(i), first, label, rows[i]);
    }
    Boundary boundary;
    for (int row = box.firstRow; row < box.endRow; ++row) {
        bool continues = false;
        for (std::size_t i = 1; i + 1 < width; ++i) {
            bool onBoundary = false;
            bool onMargin = false;
            if (rows[1][i] == glacier) {
                for (const auto neighbour : {rows[0][i], rows[2][i], rows[1][i - 1], rows[1][i + 1]}) {
                    onBoundary |= neighbour != glacier && neighbour != notValid;
                    onMargin |= neighbour == noIce;
                }
            }
            const int column = first + static_cast<int>(i);
            if (onBoundary) {
                addPixel(boundary, row, column, continues);
            }
            if (onMargin) {
                boundary.margin.push_back({static_cast<double>(column), static_cast<double>(row)});
            }
            continues = onBoundary;
        }
        std::rotate(rows.begin(), rows.begin() + 1, rows.end());
        ice.labelsOf(row + 2, first, label, rows[2]);
    }
    return boundary;
}

struct OneWay {
    double mean = std::numeric_limits<double>::quiet_NaN();
    double max = std::numeric_limits<double>::quiet_NaN();
};

OneWay distances(const Boundary& from, const Boundary& to) {
    if (from.margin.empty() || to.all.empty()) {
        return {}; // without a boundary the other one fills all that is valid
    }
    const geo::SegmentTree tree(to.all);
    double sum = 0;
    double largest = 0;
    std::size_t last = 0;
    for (const auto& place : from.margin) {
        geo::Extent box;
        box.include(place);
        // What was nearest to the pixel before is not far.
        double within2 = geo::SegmentTree::distance2(place, tree.segments()[last]);
        tree.visitNear(box, within2, [&](std::size_t i) {
            if (const double d = geo::SegmentTree::distance2(place, tree.segments()[i]); d < within2) {
                within2 = d;
                last = i;
            }
        });
        sum += std::sqrt(within2);
        largest = std::max(largest, within2);
    }
    return {sum / static_cast<double>(from.margin.size()), std::sqrt(largest)};
}

} // namespace

BoundaryDistance boundaryDistance(const IceRuns& ice, std::int32_t glacier, const PixelBox& box) {
    const auto ofExpert = boundaryOf(
        ice, [](const Run& run) { return run.validExpert(); }, glacier, box);
    const auto ofModel = boundaryOf(
        ice, [](const Run& run) { return run.owner; }, glacier, box);
    const auto there = distances(ofExpert, ofModel);
    const auto back = distances(ofModel, ofExpert);
    if (std::isnan(there.mean)) {
        return {back.mean, back.max};
    }
    if (std::isnan(back.mean)) {
        return {there.mean, there.max};
    }
    return {(there.mean + back.mean) / 2, std::max(there.max, back.max)};
}

} // namespace nunatak::comparison
