// SPDX-License-Identifier: GPL-3.0-or-later
#include "prediction/coverage.h"

#include "geo/rings.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace nunatak::prediction {

namespace {

/// Sums up what edges leave to the right of them; the running sum along a row is the share of each pixel.
class Accumulator {
public:
    explicit Accumulator(const geo::Grid& grid)
        : m_columns(grid.columns), m_rows(grid.rows), m_changes(1, grid.rows, grid.columns + 2) {
    } // an edge at the end changes two more

    /// Between two places in pixels; `sign` 1 where what it leaves to its right is added as it goes south.
    void edge(geo::Point from, geo::Point to, double sign) {
        if (from.y > to.y) {
            std::swap(from, to);
            sign = -sign;
        }
        const double slope = to.y > from.y ? (to.x - from.x) / (to.y - from.y) : 0;
        const double end = std::min(to.y, static_cast<double>(m_rows));
        for (double y = std::max(from.y, 0.0); y < end;) {
            const int row = static_cast<int>(y);
            const double next = std::min(end, row + 1.0);
            across(row, from.x + (y - from.y) * slope, from.x + (next - from.y) * slope, sign * (next - y));
            y = next;
        }
    }

    Image<float> shares() const {
        Image<float> shares(1, m_rows, m_columns);
        for (int row = 0; row < m_rows; ++row) {
            double sum = 0;
            for (int column = 0; column < m_columns; ++column) {
                sum += m_changes.at(0, row, column);
                // What was summed up to nothing is nothing.
                const double share = std::clamp(sum, 0.0, 1.0);
                shares.at(0, row, column) = share < 1e-9 ? 0.0F : static_cast<float>(share);
            }
        }
        return shares;
    }

private:
    /// Within one row, of a height (signed); parts beyond the west leave the whole row to their right.
    void across(int row, double x, double end, double height) {
        if (x > end) {
            std::swap(x, end);
        }
        const double width = m_columns;
        if (end <= 0) {
            m_changes.at(0, row, 0) += height;
        } else if (x < 0) {
            const double outside = -x / (end - x);
            m_changes.at(0, row, 0) += height * outside;
            across(row, 0, end, height * (1 - outside));
        } else if (x >= width) {
            return;
        } else if (end > width) {
            inside(row, x, width, height * (width - x) / (end - x));
        } else {
            inside(row, x, end, height);
        }
    }

    void inside(int row, double x, double end, double height) {
        const double perColumn = end > x ? height / (end - x) : 0;
        while (true) {
            const int column = static_cast<int>(x);
            const double next = std::min(end, column + 1.0);
            const double part = end > x && perColumn != 0 ? perColumn * (next - x) : height;
            const double left = (x + next) / 2 - column; // of the pixel, by the part's middle
            m_changes.at(0, row, column) += part * (1 - left);
            m_changes.at(0, row, column + 1) += part * left;
            if (next >= end) {
                return;
            }
            x = next;
        }
    }

    int m_columns;
    int m_rows;
    Image<double> m_changes;
};

} // namespace

Image<float> coverage(const std::vector<geo::MultiPolygon>& shapes, const geo::Grid& grid) {
    Accumulator sum(grid);
    const auto extent = grid.extent();
    const auto add = [&](const geo::Ring& ring, bool isHole) {
        const double sign = (geo::signedArea(ring) < 0) != isHole ? -1 : 1;
        for (std::size_t i = 0; i < ring.size(); ++i) {
            sum.edge(grid.toPixel(ring[i]), grid.toPixel(ring[(i + 1) % ring.size()]), sign);
        }
    };
    for (const auto& shape : shapes) {
        if (!geo::extentOf(shape).intersects(extent)) {
            continue;
        }
        for (const auto& polygon : shape) {
            if (polygon.outer.empty()) {
                continue; // a path encloses nothing
            }
            add(polygon.outer, false);
            for (const auto& hole : polygon.holes) {
                add(hole, true);
            }
        }
    }
    return sum.shares();
}

} // namespace nunatak::prediction
