// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/simulation/given_data.h"

#include "base/error.h"
#include "geo/rings.h"
#include "raster/raster_reader.h"
#include "scene/products/elevation.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>

namespace nunatak::scene::simulation {

namespace {

/// The largest rectangle of `target`'s system whose edges stay within the transformed edges of `extent`.
geo::Extent innerExtent(const geo::Extent& extent, const geo::CoordinateTransform& transform) {
    geo::Extent inner{-std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity(),
                      std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
    constexpr int steps = 32;
    for (int i = 0; i <= steps; ++i) {
        const double x = mix(extent.xmin, extent.xmax, static_cast<double>(i) / steps);
        const double y = mix(extent.ymin, extent.ymax, static_cast<double>(i) / steps);
        inner.xmin = std::max(inner.xmin, transform(geo::Point{extent.xmin, y}).x);
        inner.xmax = std::min(inner.xmax, transform(geo::Point{extent.xmax, y}).x);
        inner.ymin = std::max(inner.ymin, transform(geo::Point{x, extent.ymin}).y);
        inner.ymax = std::min(inner.ymax, transform(geo::Point{x, extent.ymax}).y);
    }
    return inner;
}

bool hasGaps(const Field& field) {
    return std::any_of(field.values().begin(), field.values().end(), [](float v) { return std::isnan(v); });
}

/// Gaps take the mean of their surroundings, from ever coarser means where those have gaps as well.
void fillGaps(Field& field) {
    if (!hasGaps(field) || field.rows() * field.columns() <= 1) {
        return;
    }
    Field half(1, (field.rows() + 1) / 2, (field.columns() + 1) / 2);
    for (int row = 0; row < half.rows(); ++row) {
        for (int column = 0; column < half.columns(); ++column) {
            double sum = 0;
            int count = 0;
            for (int y = 2 * row; y < std::min(2 * row + 2, field.rows()); ++y) {
                for (int x = 2 * column; x < std::min(2 * column + 2, field.columns()); ++x) {
                    const float value = field.at(0, y, x);
                    if (!std::isnan(value)) {
                        sum += value;
                        ++count;
                    }
                }
            }
            half.at(0, row, column) =
                count > 0 ? static_cast<float>(sum / count) : std::numeric_limits<float>::quiet_NaN();
        }
    }
    fillGaps(half);
    for (int row = 0; row < field.rows(); ++row) {
        for (int column = 0; column < field.columns(); ++column) {
            float& value = field.at(0, row, column);
            if (std::isnan(value)) {
                value = static_cast<float>(sampled(half, (column - 0.5) / 2, (row - 0.5) / 2));
            }
        }
    }
}

void addCrossings(const geo::Ring& ring, double y, std::vector<double>& crossings) {
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const auto& a = ring[i];
        const auto& b = ring[(i + 1) % ring.size()];
        if ((a.y > y) != (b.y > y)) {
            crossings.push_back(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x));
        }
    }
}

} // namespace

geo::Grid gridOn(const std::filesystem::path& elevation, double pixelSize, std::optional<int> columns,
                 std::optional<int> rows) {
    const raster::RasterReader reader(elevation.string());
    const auto& info = reader.info();
    if (!info.isGeoreferenced()) {
        throw Error("The elevation model " + elevation.string() +
                    " does not say where it lies; give one with a coordinate system and a georeference.");
    }
    const bool metric = info.crs.isProjected() && info.crs.metresPerUnit() == 1;
    geo::Crs crs = info.crs;
    if (!metric) {
        const geo::CoordinateTransform toDegrees(info.crs, geo::Crs::fromUserInput("EPSG:4326"));
        const auto middle = toDegrees(info.extent().center());
        crs = geo::Crs::utmAround(middle.x, middle.y);
    }
    const geo::CoordinateTransform transform(info.crs, crs);
    const auto inner = innerExtent(info.extent(), transform);
    const int fitColumns = static_cast<int>(std::floor(inner.width() / pixelSize));
    const int fitRows = static_cast<int>(std::floor(inner.height() / pixelSize));
    geo::Grid grid{crs,
                   0,
                   0,
                   pixelSize,
                   columns.value_or(std::min(fitColumns, 16384)),
                   rows.value_or(std::min(fitRows, 16384))};
    if (inner.xmin >= inner.xmax || inner.ymin >= inner.ymax || grid.columns > fitColumns ||
        grid.rows > fitRows) {
        throw Error("The elevation model " + elevation.string() + " covers " +
                    std::to_string(std::max(0, fitColumns)) + " × " + std::to_string(std::max(0, fitRows)) +
                    " pixels of this size; ask for no more than that.");
    }
    const auto middle = inner.center();
    grid.left = std::floor((middle.x - grid.columns * pixelSize / 2) / pixelSize) * pixelSize;
    grid.top = std::floor((middle.y + grid.rows * pixelSize / 2) / pixelSize) * pixelSize;
    return grid;
}

double postingOf(const std::filesystem::path& elevation, const geo::Grid& near) {
    const raster::RasterReader reader(elevation.string());
    const auto extent = geo::CoordinateTransform(reader.info().crs, near.crs)(reader.info().extent());
    return extent.height() / reader.info().rows;
}

Field elevationOn(const std::filesystem::path& elevation, const geo::Grid& grid) {
    const raster::RasterReader reader(elevation.string());
    const std::array<int, 1> band{1};
    Field field = reader.readOnGrid(band, grid, raster::Resampling::Cubic);
    if (std::all_of(field.values().begin(), field.values().end(), [](float v) { return std::isnan(v); })) {
        throw Error("The elevation model " + elevation.string() + " has no data where the scene lies.");
    }
    const auto metres = static_cast<float>(products::metresPerHeight(reader.info()));
    if (metres != 1) {
        for (float& value : field.values()) {
            value *= metres;
        }
    }
    fillGaps(field);
    return field;
}

Image<std::int32_t> burnt(const std::vector<outlines::Outline>& outlines, const geo::Grid& grid) {
    Image<std::int32_t> numbers(1, grid.rows, grid.columns);
    std::vector<double> crossings;
    for (std::size_t i = 0; i < outlines.size(); ++i) {
        const auto window = geo::windowCovering(grid, geo::extentOf(outlines[i].geometry));
        for (int row = window.row; row < window.row + window.rows; ++row) {
            const double y = grid.toMap(0, row + 0.5).y;
            crossings.clear();
            geo::forEachRing(outlines[i].geometry,
                             [&](const geo::Ring& ring, int, int) { addCrossings(ring, y, crossings); });
            std::sort(crossings.begin(), crossings.end());
            for (std::size_t k = 0; k + 1 < crossings.size(); k += 2) {
                const int first = std::max(
                    0, static_cast<int>(std::ceil((crossings[k] - grid.left) / grid.pixelSize - 0.5)));
                const int last = std::min(
                    grid.columns,
                    static_cast<int>(std::ceil((crossings[k + 1] - grid.left) / grid.pixelSize - 0.5)));
                for (int column = first; column < last; ++column) {
                    numbers.at(0, row, column) = static_cast<std::int32_t>(i) + 1;
                }
            }
        }
    }
    return numbers;
}

} // namespace nunatak::scene::simulation
