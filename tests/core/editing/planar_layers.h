// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shapes.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace nunatak::tests {

/// Layers of outlines that share their lines, made by chance: bricks in rows, whose corners come between
/// those of the rows beside them; lines with more vertices than corners, some of them straight; some bricks
/// have a hole, some holes are filled by one outline or by two with a divide; some places are empty. Rings
/// begin anywhere and run either way.
class PlanarLayer {
public:
    explicit PlanarLayer(unsigned seed) : m_random(seed) {}

    void make(Layers& layers, const std::string& layer) {
        constexpr int rows = 4;
        constexpr int columns = 4;
        std::vector<std::vector<double>> starts; // of the bricks of each row
        for (int row = 0; row < rows; ++row) {
            std::vector<double> row_starts{0};
            for (int column = 1; column < columns; ++column) {
                row_starts.push_back((column + between(-0.3, 0.3)) * side);
            }
            row_starts.push_back(columns * side);
            starts.push_back(std::move(row_starts));
        }
        // A line between two rows has a vertex at each corner of both, unless it is straight there.
        std::vector<geo::Ring> lines;
        for (int line = 0; line <= rows; ++line) {
            std::vector<double> corners;
            for (const int row : {line - 1, line}) {
                if (row >= 0 && row < rows) {
                    corners.insert(corners.end(), starts[static_cast<std::size_t>(row)].begin(),
                                   starts[static_cast<std::size_t>(row)].end());
                }
            }
            std::sort(corners.begin(), corners.end());
            corners.erase(std::unique(corners.begin(), corners.end()), corners.end());
            const bool isStraight = chance(0.3);
            geo::Ring points;
            for (std::size_t i = 0; i < corners.size(); ++i) {
                points.push_back({corners[i], line * side + (isStraight ? 0 : between(-0.02, 0.02) * side)});
                if (i + 1 < corners.size() && !isStraight) {
                    addBetween(points, {corners[i + 1], line * side});
                }
            }
            m_isStraight.push_back(isStraight);
            lines.push_back(std::move(points));
        }
        for (int row = 0; row < rows; ++row) {
            const auto at = static_cast<std::size_t>(row);
            std::vector<geo::Ring> walls;
            for (const double x : starts[at]) {
                geo::Ring wall{pointOf(lines[at], x)};
                addBetween(wall, pointOf(lines[at + 1], x));
                wall.push_back(pointOf(lines[at + 1], x));
                walls.push_back(std::move(wall));
            }
            for (std::size_t column = 0; column + 1 < starts[at].size(); ++column) {
                if (chance(0.9)) {
                    addBrick(layers, layer, at, lines, walls[column], walls[column + 1]);
                }
            }
        }
    }

private:
    static constexpr double side = 1000;

    double between(double least, double most) {
        return std::uniform_real_distribution<double>(least, most)(m_random);
    }
    bool chance(double share) { return between(0, 1) < share; }

    /// Vertices between the last point and this one, not on the straight line.
    void addBetween(geo::Ring& points, geo::Point end) {
        const geo::Point start = points.back();
        if (std::hypot(end.x - start.x, end.y - start.y) < side / 5) {
            return;
        }
        const int count = static_cast<int>(between(0, 6));
        for (int i = 1; i <= count; ++i) {
            const double share = static_cast<double>(i) / (count + 1);
            const double aside = between(-0.03, 0.03);
            points.push_back({start.x + share * (end.x - start.x) - aside * (end.y - start.y),
                              start.y + share * (end.y - start.y) + aside * (end.x - start.x)});
        }
    }

    static geo::Point pointOf(const geo::Ring& line, double x) {
        return *std::find_if(line.begin(), line.end(), [x](const geo::Point& point) { return point.x == x; });
    }

    /// The part of a line between two points of it; of a straight one perhaps only these.
    geo::Ring partOf(std::size_t line, const std::vector<geo::Ring>& lines, geo::Point from, geo::Point to) {
        const geo::Ring& points = lines[line];
        const auto first = std::find(points.begin(), points.end(), from);
        const auto last = std::find(points.begin(), points.end(), to);
        geo::Ring part(first, last + 1);
        if (m_isStraight[line] && chance(0.5)) {
            part = {part.front(), part.back()};
        }
        return part;
    }

    geo::Ring placed(geo::Ring ring) {
        // Turned and far from the origin, where coordinates round.
        for (geo::Point& point : ring) {
            point = {500000 + 0.96 * point.x - 0.28 * point.y, 5000000 + 0.28 * point.x + 0.96 * point.y};
        }
        std::rotate(ring.begin(),
                    ring.begin() +
                        static_cast<std::ptrdiff_t>(between(0, 1) * static_cast<double>(ring.size() - 1)),
                    ring.end());
        if (chance(0.5)) {
            std::reverse(ring.begin(), ring.end());
        }
        return ring;
    }

    void addBrick(Layers& layers, const std::string& layer, std::size_t row,
                  const std::vector<geo::Ring>& lines, const geo::Ring& left, const geo::Ring& right) {
        geo::Ring outer = partOf(row, lines, left.front(), right.front());
        outer.insert(outer.end(), right.begin() + 1, right.end());
        const geo::Ring upper = partOf(row + 1, lines, left.back(), right.back());
        outer.insert(outer.end(), upper.rbegin() + 1, upper.rend());
        outer.insert(outer.end(), left.rbegin() + 1, left.rend() - 1);
        geo::Polygon brick{outer, {}};
        if (chance(0.5)) {
            const geo::Point middle{(left.front().x + right.front().x) / 2,
                                    (left.front().y + left.back().y) / 2};
            geo::Ring hole;
            const int count = 4 + static_cast<int>(between(0, 8));
            for (int i = 0; i < count; ++i) {
                const double angle = 6.283185307 * i / count;
                const double radius = between(60, 160);
                hole.push_back({middle.x + radius * std::cos(angle), middle.y + radius * std::sin(angle)});
            }
            if (chance(0.4)) {
                put(layers, layer, {{placed(hole), {}}});
            } else if (chance(0.5)) {
                const std::size_t half = hole.size() / 2;
                geo::Ring one(hole.begin(), hole.begin() + static_cast<std::ptrdiff_t>(half) + 1);
                geo::Ring other(hole.begin() + static_cast<std::ptrdiff_t>(half), hole.end());
                other.push_back(hole.front());
                one.push_back(middle);
                other.push_back(middle);
                put(layers, layer, {{placed(one), {}}});
                put(layers, layer, {{placed(other), {}}});
            }
            brick.holes.push_back(placed(hole));
        }
        brick.outer = placed(brick.outer);
        put(layers, layer, {brick});
    }

    void put(Layers& layers, const std::string& layer, geo::MultiPolygon shape) {
        layers.put(layer, "outline " + std::to_string(m_count++), std::move(shape));
    }

    std::mt19937 m_random;
    std::vector<bool> m_isStraight;
    int m_count = 0;
};

} // namespace nunatak::tests
