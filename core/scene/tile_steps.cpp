// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/tile_steps.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace nunatak::scene {

namespace {

using raster::RasterInfo;

/// What must be added to longitudes of `tile` to be those around `x`; 0 in projected systems.
double turnTo(const RasterInfo& tile, double x) {
    return tile.crs.isGeographic() ? 360 * std::round((x - tile.extent().center().x) / 360) : 0;
}

/// Of the second tile in the coordinates of the first.
geo::Extent extentNear(const RasterInfo& tile, const geo::Extent& other) {
    geo::Extent extent = tile.extent();
    const double turn = turnTo(tile, other.center().x);
    extent.xmin += turn;
    extent.xmax += turn;
    return extent;
}

double pixelWidth(const RasterInfo& tile) {
    return std::abs((*tile.geoTransform)[1]);
}
double pixelHeight(const RasterInfo& tile) {
    return std::abs((*tile.geoTransform)[5]);
}

/// Where both are; turned inside out where neither is.
geo::Extent meetingOf(const geo::Extent& a, const geo::Extent& b) {
    return {std::max(a.xmin, b.xmin), std::max(a.ymin, b.ymin), std::min(a.xmax, b.xmax),
            std::min(a.ymax, b.ymax)};
}

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// The pixels of a tile in a part of it.
geo::PixelWindow windowIn(const RasterInfo& file, const geo::Extent& part) {
    const auto& t = *file.geoTransform;
    const double turn = turnTo(file, part.center().x);
    constexpr double noise = 1e-3;
    geo::PixelWindow window;
    window.column = std::max(0, static_cast<int>(std::floor((part.xmin - turn - t[0]) / t[1] + noise)));
    window.row = std::max(0, static_cast<int>(std::floor((part.ymax - t[3]) / t[5] + noise)));
    window.columns =
        std::min(file.columns, static_cast<int>(std::ceil((part.xmax - turn - t[0]) / t[1] - noise))) -
        window.column;
    window.rows =
        std::min(file.rows, static_cast<int>(std::ceil((part.ymin - t[3]) / t[5] - noise))) - window.row;
    return window;
}

std::optional<Image<float>> heightsIn(const RasterInfo& file, const geo::PixelWindow& window, int columns,
                                      int rows) {
    if (window.empty()) {
        return std::nullopt;
    }
    const int bands[] = {1};
    auto heights = raster::RasterReader(file.path).readWindow(bands, window, columns, rows);
    for (float& height : heights.values()) {
        if (height == -9999.0F || height == -32768.0F) { // the usual voids, where no file declares them
            height = std::numeric_limits<float>::quiet_NaN();
        }
    }
    return heights;
}

double factorOf(double first, double second) {
    constexpr double least = 100; // below that a step says more
    return std::min(std::abs(first), std::abs(second)) < least ? 1 : second / first;
}

/// Two pixels deep along one edge of a tile: of each place the height at the edge and the one behind it.
struct Rim {
    std::vector<double> edge;
    std::vector<double> behind;
};

enum class Side { West, East, North, South };

Rim rimOf(const RasterInfo& file, const geo::Extent& part, Side side, int places) {
    constexpr int deep = 2;
    const bool upright = side == Side::West || side == Side::East;
    geo::PixelWindow window = windowIn(file, part);
    if (upright) {
        window.column = side == Side::West ? 0 : file.columns - deep;
        window.columns = deep;
    } else {
        window.row = side == Side::North ? 0 : file.rows - deep;
        window.rows = deep;
    }
    Rim rim;
    const auto heights = heightsIn(file, window, upright ? deep : places, upright ? places : deep);
    if (!heights) {
        return rim;
    }
    const int outer = side == Side::West || side == Side::North ? 0 : 1;
    for (int i = 0; i < places; ++i) {
        const auto at = [&](int depth) {
            return static_cast<double>(upright ? heights->at(0, i, depth) : heights->at(0, depth, i));
        };
        rim.edge.push_back(at(outer));
        rim.behind.push_back(at(1 - outer));
    }
    return rim;
}

/// The steps from one rim to the other. Pixels of a rim are `sizeA` and `sizeB` wide across the edge, their
/// edges lie `gap` apart.
std::optional<TileStep> stepOver(const Rim& a, const Rim& b, double sizeA, double sizeB, double gap) {
    std::vector<double> steps;
    std::vector<double> bends;
    std::vector<double> heightsA;
    std::vector<double> heightsB;
    for (std::size_t i = 0; i < std::min(a.edge.size(), b.edge.size()); ++i) {
        const double slopeA = (a.edge[i] - a.behind[i]) / sizeA;
        const double slopeB = (b.behind[i] - b.edge[i]) / sizeB;
        const double distance = sizeA / 2 + sizeB / 2 + gap;
        const double step = b.edge[i] - a.edge[i] - (slopeA + slopeB) / 2 * distance;
        if (std::isfinite(step)) {
            steps.push_back(step);
            bends.push_back(std::abs(slopeA - slopeB) * distance);
            heightsA.push_back(a.edge[i]);
            heightsB.push_back(b.edge[i]);
        }
    }
    if (steps.empty()) {
        return std::nullopt;
    }
    return TileStep{median(steps), median(bends), factorOf(median(heightsA), median(heightsB))};
}

/// Of how many places along an edge the step is taken.
int placesOn(double length, double pixel) {
    constexpr int most = 64;
    return std::clamp(static_cast<int>(length / pixel), 1, most);
}

} // namespace

geo::Extent commonOf(const RasterInfo& first, const RasterInfo& second) {
    const geo::Extent common = meetingOf(first.extent(), extentNear(second, first.extent()));
    const double width = 0.5 * std::min(pixelWidth(first), pixelWidth(second));
    const double height = 0.5 * std::min(pixelHeight(first), pixelHeight(second));
    return common.xmax - common.xmin >= width && common.ymax - common.ymin >= height ? common : geo::Extent();
}

std::optional<TileStep> stepInOverlap(const RasterInfo& first, const RasterInfo& second) {
    const geo::Extent common = commonOf(first, second);
    if (common.empty()) {
        return std::nullopt;
    }
    constexpr int most = 32;
    const int columns = std::clamp(static_cast<int>(common.width() / pixelWidth(first)), 1, most);
    const int rows = std::clamp(static_cast<int>(common.height() / pixelHeight(first)), 1, most);
    const auto a = heightsIn(first, windowIn(first, common), columns, rows);
    const auto b = heightsIn(second, windowIn(second, common), columns, rows);
    if (!a || !b) {
        return std::nullopt;
    }
    std::vector<double> steps;
    std::vector<double> heightsA;
    std::vector<double> heightsB;
    for (std::size_t i = 0; i < a->values().size(); ++i) {
        const auto low = static_cast<double>(a->values()[i]);
        const auto high = static_cast<double>(b->values()[i]);
        if (std::isfinite(high - low)) {
            steps.push_back(high - low);
            heightsA.push_back(low);
            heightsB.push_back(high);
        }
    }
    if (steps.empty()) {
        return std::nullopt;
    }
    return TileStep{median(steps), 0, factorOf(median(heightsA), median(heightsB))};
}

std::optional<TileStep> stepAtEdge(const RasterInfo& first, const RasterInfo& second) {
    constexpr int deep = 2;
    if (std::min({first.columns, first.rows, second.columns, second.rows}) < deep) {
        return std::nullopt;
    }
    const geo::Extent a = first.extent();
    const geo::Extent b = extentNear(second, a);
    geo::Extent meeting = meetingOf(a, b);
    const double across = meeting.xmax - meeting.xmin; // below 0: the gap between them
    const double along = meeting.ymax - meeting.ymin;
    const double width = std::max(pixelWidth(first), pixelWidth(second));
    const double height = std::max(pixelHeight(first), pixelHeight(second));
    constexpr double mostGap = 1.5; // pixels
    // Of a long edge its middle is enough; reading all of it would decode a block of each.
    constexpr int mostPixels = 4096;
    const auto shortened = [](double& from, double& to, double most) {
        const double cut = std::max(0.0, (to - from - most) / 2);
        from += cut;
        to -= cut;
    };
    if (std::abs(across) <= mostGap * width && along >= height) {
        shortened(meeting.ymin, meeting.ymax, mostPixels * height);
        const geo::Extent part{std::min(a.xmin, b.xmin), meeting.ymin, std::max(a.xmax, b.xmax),
                               meeting.ymax};
        const int places = placesOn(part.height(), height);
        const bool eastward = a.xmin < b.xmin;
        return stepOver(rimOf(first, part, eastward ? Side::East : Side::West, places),
                        rimOf(second, part, eastward ? Side::West : Side::East, places), pixelWidth(first),
                        pixelWidth(second), -across);
    }
    if (std::abs(along) <= mostGap * height && across >= width) {
        shortened(meeting.xmin, meeting.xmax, mostPixels * width);
        const geo::Extent part{meeting.xmin, std::min(a.ymin, b.ymin), meeting.xmax,
                               std::max(a.ymax, b.ymax)};
        const int places = placesOn(part.width(), width);
        const bool northward = a.ymin < b.ymin;
        return stepOver(rimOf(first, part, northward ? Side::North : Side::South, places),
                        rimOf(second, part, northward ? Side::South : Side::North, places),
                        pixelHeight(first), pixelHeight(second), -along);
    }
    return std::nullopt;
}

} // namespace nunatak::scene
