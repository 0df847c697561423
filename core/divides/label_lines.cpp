// SPDX-License-Identifier: GPL-3.0-or-later
#include "divides/label_lines.h"

#include "divides/neighbourhood.h"
#include "prediction/class_boundaries.h"
#include "prediction/confidence.h"
#include "prediction/smoothed_arc.h"

#include <array>
#include <deque>

namespace nunatak::divides {

namespace {

using prediction::BoundaryArc;
using prediction::Corner;

class Lines {
public:
    explicit Lines(const Image<std::int32_t>& owners)
        : m_owners(owners), m_walked(1, owners.rows() + 1, owners.columns() + 1) {}

    std::vector<BoundaryArc> arcs() {
        std::vector<BoundaryArc> found;
        forEachCorner([&](Corner corner) {
            const int degree = degreeOf(corner);
            for (std::uint8_t step = 0; degree != 0 && degree != 2 && step < 4; ++step) {
                if (isOpen(corner, step)) {
                    found.push_back(walk(corner, step));
                }
            }
        });
        // What is left goes around without a junction.
        forEachCorner([&](Corner corner) {
            for (std::uint8_t step = 0; step < 4; ++step) {
                if (isOpen(corner, step)) {
                    found.push_back(walk(corner, step));
                }
            }
        });
        return found;
    }

private:
    template <typename Visit> void forEachCorner(const Visit& visit) {
        for (int row = 0; row <= m_owners.rows(); ++row) {
            for (int column = 0; column <= m_owners.columns(); ++column) {
                visit(Corner{column, row});
            }
        }
    }

    std::int32_t at(int column, int row) const {
        const bool isIn = column >= 0 && row >= 0 && column < m_owners.columns() && row < m_owners.rows();
        return isIn ? m_owners.at(0, row, column) : -1;
    }

    /// The edge of a pixel that leaves the corner in a step is a line.
    bool isLine(Corner corner, std::uint8_t step) const {
        const int x = corner.column;
        const int y = corner.row;
        constexpr std::array<std::array<int, 4>, 4> sides{{
            {0, -1, 0, 0},   // east: above and below
            {0, 0, -1, 0},   // south: right and left
            {-1, -1, -1, 0}, // west
            {-1, -1, 0, -1}, // north
        }};
        const auto& side = sides[step & 3U];
        const std::int32_t one = at(x + side[0], y + side[1]);
        const std::int32_t other = at(x + side[2], y + side[3]);
        return one != other && one >= 0 && other >= 0;
    }

    bool isOpen(Corner corner, std::uint8_t step) const {
        return ((m_walked.at(0, corner.row, corner.column) >> step) & 1U) == 0 && isLine(corner, step);
    }

    int degreeOf(Corner corner) const {
        int degree = 0;
        for (std::uint8_t step = 0; step < 4; ++step) {
            degree += isLine(corner, step) ? 1 : 0;
        }
        return degree;
    }

    void mark(Corner corner, std::uint8_t step) {
        auto& walked = m_walked.at(0, corner.row, corner.column);
        walked = static_cast<std::uint8_t>(walked | (1U << step));
    }

    BoundaryArc walk(Corner start, std::uint8_t step) {
        BoundaryArc arc{start, start, {}, prediction::Glacier, prediction::Glacier, false};
        Corner corner = start;
        for (;;) {
            mark(corner, step);
            arc.steps.push_back(step);
            corner = corner.after(step);
            mark(corner, prediction::turnedBack(step));
            if (degreeOf(corner) != 2 || corner == start) {
                break;
            }
            std::uint8_t next = 0;
            while (next == prediction::turnedBack(step) || !isLine(corner, next)) {
                ++next;
            }
            step = next;
        }
        arc.end = corner;
        arc.isClosed = corner == start && degreeOf(start) == 2;
        return arc;
    }

    const Image<std::int32_t>& m_owners;
    Image<std::uint8_t> m_walked; ///< a bit for each step from a corner
};

} // namespace

void spread(Image<std::int32_t>& owners, const std::function<bool(std::size_t)>& isWanted, int reach) {
    const Neighbourhood hood(owners.columns(), owners.rows());
    auto& values = owners.values();
    const auto layer = [&](const std::vector<Pixel>& from, const auto& isTaken) {
        std::vector<std::pair<Pixel, std::int32_t>> next;
        for (const Pixel pixel : from) {
            hood.forEach(pixel, [&](Pixel other, std::size_t) {
                if (values[other] < 0 && isTaken(other)) {
                    next.emplace_back(other, values[pixel]);
                }
            });
        }
        std::vector<Pixel> reached;
        for (const auto& [pixel, owner] : next) {
            if (values[pixel] < 0) {
                values[pixel] = owner;
                reached.push_back(pixel);
            }
        }
        return reached;
    };
    const auto rim = [&] {
        std::vector<Pixel> found;
        for (Pixel pixel = 0; pixel < values.size(); ++pixel) {
            bool isRim = false;
            if (values[pixel] >= 0) {
                hood.forEach(pixel, [&](Pixel other, std::size_t) { isRim = isRim || values[other] < 0; });
            }
            if (isRim) {
                found.push_back(pixel);
            }
        }
        return found;
    };
    for (auto from = rim(); !from.empty();) {
        from = layer(from, isWanted);
    }
    auto from = rim();
    for (int i = 0; i < reach; ++i) {
        from = layer(from, [](Pixel) { return true; });
    }
}

std::vector<geo::Line> linesBetween(const Image<std::int32_t>& owners, const geo::Grid& grid) {
    std::vector<geo::Line> lines;
    for (const BoundaryArc& arc : Lines(owners).arcs()) {
        geo::Line line = prediction::smoothedArc(arc);
        for (geo::Point& point : line) {
            point = grid.toMap(point.x, point.y);
        }
        if (arc.isClosed) {
            line.push_back(line.front());
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

} // namespace nunatak::divides
