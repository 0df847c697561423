// SPDX-License-Identifier: GPL-3.0-or-later
#include "class_boundaries.h"

#include "prediction/confidence.h"

#include <algorithm>
#include <cstring>

namespace nunatak::prediction {

namespace {

using Around = std::array<std::uint8_t, 4>;

/// Between two classes of which none is outlined there is no boundary.
bool isBoundary(std::uint8_t a, std::uint8_t b) {
    return a != b && (isOutlined(a) || isOutlined(b));
}

bool isBoundary(const Around& around, unsigned step) {
    return isBoundary(around[step & 3U], around[(step + 1U) & 3U]);
}

/// Arcs have the higher rank on their left, so that the same stretch is always walked the same way.
int rankOf(std::uint8_t pixelClass) {
    return pixelClass == NotPredicted ? -1 : pixelClass;
}

/// Which edges of pixels belong to an arc already.
class Taken {
public:
    Taken(int columns, int rows)
        : m_width(static_cast<std::size_t>(columns) + 1),
          m_taken(2 * m_width * (static_cast<std::size_t>(rows) + 1)) {}

    bool test(Corner from, std::uint8_t step) const { return m_taken[index(from, step)]; }
    void set(Corner from, std::uint8_t step) { m_taken[index(from, step)] = true; }

private:
    std::size_t index(Corner from, std::uint8_t step) const {
        const Corner at = step == West || step == North ? from.after(step) : from;
        const auto corner = static_cast<std::size_t>(at.row) * m_width + static_cast<std::size_t>(at.column);
        return 2 * corner + (step == South || step == North ? 1 : 0);
    }

    std::size_t m_width;
    std::vector<bool> m_taken;
};

/// Columns from which on, in the next eight, all pixels of two rows are of one class: nothing to see there.
bool areAlike(const std::uint8_t* upper, const std::uint8_t* lower, std::uint8_t pixelClass) {
    std::uint64_t above = 0;
    std::uint64_t below = 0;
    std::memcpy(&above, upper, sizeof above);
    std::memcpy(&below, lower, sizeof below);
    const std::uint64_t all = 0x0101010101010101ULL * pixelClass;
    return above == all && below == all;
}

class Tracer {
public:
    Tracer(const Image<std::uint8_t>& classes, bool joinsAtCorners)
        : m_classes(classes), m_corners(classes), m_joinsAtCorners(joinsAtCorners),
          m_taken(classes.columns(), classes.rows()) {}

    std::vector<BoundaryArc> trace() {
        for (int row = 0; row <= m_classes.rows(); ++row) {
            lookAlong(row);
        }
        for (const Corner& junction : m_junctions) {
            const auto around = m_corners.around(junction);
            for (std::uint8_t step = 0; step < 4; ++step) {
                if (isBoundary(around, step) && !m_taken.test(junction, step)) {
                    follow(junction, step, false);
                }
            }
        }
        for (const Corner& corner : m_eastward) {
            if (!m_taken.test(corner, East)) {
                follow(corner, East, true);
            }
        }
        return std::move(m_arcs);
    }

private:
    /// Notes the junctions and the boundaries to the east of a row of corners.
    void lookAlong(int row) {
        const int columns = m_classes.columns();
        const bool isWithin = row > 0 && row < m_classes.rows();
        const std::uint8_t* upper = isWithin ? m_classes.row(0, row - 1) : nullptr;
        const std::uint8_t* lower = isWithin ? m_classes.row(0, row) : nullptr;
        for (int column = 0; column <= columns; ++column) {
            while (isWithin && column > 0 && column + 8 <= columns &&
                   areAlike(upper + column - 1, lower + column - 1, upper[column - 1])) {
                column += 7;
            }
            const Corner corner{column, row};
            const auto around = m_corners.around(corner);
            if (around[0] == around[1] && around[1] == around[2] && around[2] == around[3]) {
                continue;
            }
            if (ClassCorners::isJunction(around, m_joinsAtCorners)) {
                m_junctions.push_back(corner);
            }
            if (isBoundary(around, East)) {
                m_eastward.push_back(corner);
            }
        }
    }

    void follow(Corner start, std::uint8_t step, bool isClosed) {
        BoundaryArc arc;
        arc.isClosed = isClosed;
        arc.start = start;
        arc.end = start;
        auto around = m_corners.around(start);
        arc.left = around[step];
        arc.right = around[(step + 1U) & 3U];
        const bool keepsLeft = isOutlined(arc.left);
        while (true) {
            arc.steps.push_back(step);
            m_taken.set(arc.end, step);
            arc.end = arc.end.after(step);
            around = m_corners.around(arc.end);
            if (isClosed
                    ? arc.end == start && m_taken.test(start, ClassCorners::next(around, step, keepsLeft))
                    : ClassCorners::isJunction(around, m_joinsAtCorners)) {
                break;
            }
            step = ClassCorners::next(around, step, keepsLeft);
        }
        if (rankOf(arc.left) < rankOf(arc.right)) {
            std::swap(arc.left, arc.right);
            std::swap(arc.start, arc.end);
            std::reverse(arc.steps.begin(), arc.steps.end());
            for (auto& one : arc.steps) {
                one = turnedBack(one);
            }
        }
        m_arcs.push_back(std::move(arc));
    }

    const Image<std::uint8_t>& m_classes;
    ClassCorners m_corners;
    bool m_joinsAtCorners;
    Taken m_taken;
    std::vector<Corner> m_junctions;
    std::vector<Corner> m_eastward;
    std::vector<BoundaryArc> m_arcs;
};

} // namespace

bool isOutlined(std::uint8_t pixelClass) {
    return pixelClass != Background && pixelClass != NotPredicted;
}

std::array<std::uint8_t, 4> ClassCorners::around(Corner corner) const {
    const auto at = [this](int row, int column) -> std::uint8_t {
        return row < 0 || row >= m_classes.rows() || column < 0 || column >= m_classes.columns()
                   ? std::uint8_t{NotPredicted}
                   : m_classes.at(0, row, column);
    };
    return {at(corner.row - 1, corner.column), at(corner.row, corner.column),
            at(corner.row, corner.column - 1), at(corner.row - 1, corner.column - 1)};
}

bool ClassCorners::isJunction(const std::array<std::uint8_t, 4>& around, bool joinsAtCorners) {
    unsigned count = 0;
    std::array<unsigned, 4> steps{};
    for (unsigned step = 0; step < 4; ++step) {
        if (isBoundary(around, step)) {
            steps[count++] = step;
        }
    }
    if (count == 0) {
        return false;
    }
    if (count == 2) {
        // In by the first, out by the second: the same classes on both sides?
        return around[(steps[0] + 1) & 3U] != around[steps[1]] ||
               around[steps[0]] != around[(steps[1] + 1) & 3U];
    }
    if (count == 4 && !joinsAtCorners) {
        const auto passes = [&](unsigned a) {
            return isOutlined(around[a]) && isOutlined(around[(a + 2) & 3U]) &&
                   around[(a + 1) & 3U] == Background && around[(a + 3) & 3U] == Background;
        };
        return !passes(0) && !passes(1);
    }
    return true;
}

std::uint8_t ClassCorners::next(const std::array<std::uint8_t, 4>& around, std::uint8_t step,
                                bool keepsLeft) {
    std::uint8_t first = turnedLeft(step);
    std::uint8_t last = turnedRight(step);
    if (!keepsLeft) {
        std::swap(first, last);
    }
    return isBoundary(around, first) ? first : isBoundary(around, step) ? step : last;
}

std::vector<BoundaryArc> boundaryArcs(const Image<std::uint8_t>& classes, bool joinsAtCorners) {
    return Tracer(classes, joinsAtCorners).trace();
}

std::vector<geo::Point> cornersOf(const BoundaryArc& arc) {
    std::vector<geo::Point> corners;
    Corner at = arc.start;
    for (std::size_t i = 0; i < arc.steps.size(); ++i) {
        const bool isFirst = i == 0;
        if (isFirst && arc.isClosed ? arc.steps.back() != arc.steps.front()
                                    : isFirst || arc.steps[i - 1] != arc.steps[i]) {
            corners.push_back({static_cast<double>(at.column), static_cast<double>(at.row)});
        }
        at = at.after(arc.steps[i]);
    }
    if (!arc.isClosed) {
        corners.push_back({static_cast<double>(at.column), static_cast<double>(at.row)});
    }
    return corners;
}

} // namespace nunatak::prediction
