// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/neighbours.h"
#include "editing/ring_splice.h"
#include "geo/box_tree.h"
#include "geo/polygon.h"

#include <cstddef>
#include <set>
#include <span>
#include <utility>
#include <vector>

namespace nunatak::editing {

/// A stretch of a ring before and after, both with the vertices at its ends.
struct LineChange {
    enum class Kind { Moved, Removed, Inserted, Drawn };

    int part = 0;
    int ring = 0;
    std::size_t first = 0; ///< in the ring, of the vertex behind the stretch's first
    std::size_t removed = 0;
    bool isBeside =
        false; ///< not of the outline that is edited: an edge of a neighbour, one end of which moves
    bool isWhole = false; ///< all of the ring: the ends are one vertex, and it may move
    Kind kind = Kind::Drawn;
    geo::Ring old;
    geo::Ring now;
    std::vector<std::size_t> places; ///< of each old point in `now`, rising; of one that is drawn anew only
                                     ///< those of the ends mean something
    std::vector<bool> isDropped;     ///< old points that are no vertices any more
};

/// A vertex that lies on an edge of a line: of another ring, or of the spliced one, which stays where it is.
struct PointOnLine {
    std::size_t edge = 0; ///< as LineChanges numbers points: the one it begins at
    double share = 0;
    geo::Point point;
    bool stays = false; ///< also where both ends of the edge move
};

/// An edge of a neighbour, before and after.
struct BesideEdge {
    geo::Point a, b, aNow, bNow;
};

/// What splices do to the lines of one outline, and how the points of these lines are found. Points are
/// numbered through all lines, with a number left out between two.
class LineChanges {
public:
    LineChanges(const geo::MultiPolygon& shape, std::span<const RingSplice> splices, Line line);

    std::vector<LineChange>& all() { return m_lines; }
    const std::vector<LineChange>& all() const { return m_lines; }
    /// True for a ring of the outline that is spliced.
    bool has(int part, int ring) const { return m_rings.contains({part, ring}); }

    /// Boxes around lines that lie together, in order.
    std::vector<geo::Extent> areas() const;
    /// Calls visit(number, a, b) for each edge whose box meets the area.
    template <typename Visit> void visitEdges(const geo::Extent& area, Visit&& visit) const {
        m_tree.visit(area, [&](std::size_t leaf) {
            const auto& [line, at] = m_edges[leaf];
            const geo::Ring& old = m_lines[line].old;
            visit(m_offsets[line] + at, old[at], old[at + 1]);
        });
    }

    /// Edges of neighbours that change because an end of theirs does. False where none was missing.
    bool addBeside(std::span<const BesideEdge> edges);
    /// Makes vertices of points that lie on the lines: where an edge's ends stay or go they stay, where both
    /// move they move along. Points that only rounding sets apart become one.
    void insert(std::vector<PointOnLine> points);

    /// The line and the place in it of a numbered point.
    std::pair<std::size_t, std::size_t> placeOf(std::size_t number) const;
    const LineChange& lineOf(std::size_t number) const { return m_lines[placeOf(number).first]; }
    /// Where a point of a line comes to lie; itself, where it is drawn anew.
    geo::Point imageOf(std::size_t number) const;
    bool isDropped(std::size_t number) const;
    std::size_t numberOf(std::size_t line, std::size_t at) const { return m_offsets[line] + at; }
    /// The point of a line that only rounding sets apart from this one; there is one.
    geo::Point pointNear(geo::Point place) const;
    /// The numbers of the points in exactly this place.
    std::vector<std::size_t> at(geo::Point point) const;

private:
    void number();
    bool hasBeside(const BesideEdge& edge) const;

    std::vector<LineChange> m_lines;
    std::set<std::pair<int, int>> m_rings;
    std::vector<std::size_t> m_offsets;
    std::vector<std::pair<std::size_t, std::size_t>> m_edges; ///< line, point that it begins at
    geo::BoxTree m_tree;
    std::vector<std::pair<std::pair<double, double>, std::size_t>> m_sorted; ///< points and their numbers
};

} // namespace nunatak::editing
