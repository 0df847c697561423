// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/layer_lines.h"
#include "geo/box_tree.h"
#include "geo/polygon.h"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <unordered_set>
#include <vector>

// Lines while they are brought together.
namespace nunatak::editing {

struct PointHash {
    std::size_t operator()(const geo::Point& point) const {
        // 0 and -0 are equal, and so must be what is made of them.
        const auto bits = [](double number) { return std::bit_cast<std::uint64_t>(number + 0.0); };
        std::uint64_t mixed = bits(point.x) * 0x9E3779B97F4A7C15ULL;
        mixed = ((mixed ^ mixed >> 29) ^ bits(point.y)) * 0xBF58476D1CE4E5B9ULL;
        return static_cast<std::size_t>(mixed ^ mixed >> 32);
    }
};
struct VertexHash {
    std::size_t operator()(const geo::VertexId& vertex) const {
        return PointHash()({static_cast<double>(vertex.index), vertex.part * 1048576.0 + vertex.ring});
    }
};
using PointSet = std::unordered_set<geo::Point, PointHash>;

/// The lines of a layer as they become: each vertex where it is now, and what came between two. Outlines are
/// brought to those that are done already, which move no more and only get vertices on their lines.
class SnappedLines {
public:
    SnappedLines(const LayerLines& lines, double tolerance)
        : m_lines(lines), m_reach(2 * tolerance), m_states(lines.size()) {}

    const LayerLines& lines() const { return m_lines; }
    bool isDone(std::size_t outline) const { return m_states[outline].isDone; }
    void setDone(std::size_t outline) { m_states[outline].isDone = true; }
    bool isChanged(std::size_t outline) const {
        return !m_states[outline].moved.empty() || !m_states[outline].between.empty();
    }

    /// Moves a vertex; all that have one in exactly that place will follow.
    void move(std::size_t outline, const geo::VertexId& vertex, geo::Point from, geo::Point to);
    /// Where vertices of done outlines in this place moved; null: nowhere.
    const geo::Point* followed(geo::Point place) const;
    /// Puts points into the piece of an edge that begins in `after`.
    void putBetween(std::size_t outline, const geo::VertexId& edge, geo::Point after,
                    const geo::Ring& points);
    /// Makes a point a vertex of all lines of done outlines that it lies on. Returns it, or the vertex that
    /// is so near (boundaries.h: onLine) that it is the same.
    geo::Point putOnLines(geo::Point point);

    bool hasMoved(std::size_t outline, const geo::VertexId& vertex) const {
        return m_states[outline].moved.contains(vertex);
    }
    geo::Point now(std::size_t outline, const geo::VertexId& vertex, geo::Point before) const {
        const auto& moved = m_states[outline].moved;
        const auto found = moved.empty() ? moved.end() : moved.find(vertex);
        return found != moved.end() ? found->second : before;
    }
    const std::unordered_map<geo::VertexId, geo::Point, VertexHash>& moved(std::size_t outline) const {
        return m_states[outline].moved;
    }
    /// What came between the ends of an edge; null: nothing.
    const geo::Ring* between(std::size_t outline, const geo::VertexId& edge) const {
        const auto& between = m_states[outline].between;
        const auto found = between.empty() ? between.end() : between.find(edge);
        return found != between.end() ? &found->second : nullptr;
    }

    /// Calls visit(a, b) for each piece of an edge as it is now.
    template <typename Visit>
    void visitPieces(std::size_t outline, const geo::Edge& edge, Visit&& visit) const {
        geo::Point a = now(outline, edge.from, edge.a);
        if (const geo::Ring* points = between(outline, edge.from)) {
            for (const geo::Point& point : *points) {
                visit(a, point);
                a = point;
            }
        }
        const geo::Ring& ring = geo::ringOf(m_lines.shape(outline), edge.from.part, edge.from.ring);
        geo::VertexId to = edge.from;
        to.index = static_cast<std::size_t>(to.index) + 1 < ring.size() ? to.index + 1 : 0;
        visit(a, now(outline, to, edge.b));
    }
    /// Calls visit(edge, a, b) for each piece of an outline's line that may meet the area.
    template <typename Visit>
    void visitPiecesIn(std::size_t outline, const geo::Extent& area, Visit&& visit) const {
        // Edges are found where they were.
        m_lines.indexed(outline).index->visit(m_lines.shape(outline), area.grown(m_reach),
                                              [&](const geo::Edge& edge) {
                                                  visitPieces(outline, edge, [&](geo::Point a, geo::Point b) {
                                                      geo::Extent box;
                                                      box.include(a);
                                                      box.include(b);
                                                      if (box.intersects(area)) {
                                                          visit(edge, a, b);
                                                      }
                                                  });
                                              });
    }
    /// Calls visit(outline, edge, a, b) for the same of all outlines that are done.
    template <typename Visit> void visitDone(const geo::Extent& area, Visit&& visit) const {
        m_lines.visitOutlines(area.grown(m_reach), [&](std::size_t outline) {
            if (m_states[outline].isDone) {
                visitPiecesIn(outline, area, [&](const geo::Edge& edge, geo::Point a, geo::Point b) {
                    visit(outline, edge, a, b);
                });
            }
        });
    }

    /// The outline as it is now; vertices that fell together are one, and a line that runs back over itself
    /// since it was moved does so no more.
    geo::MultiPolygon shape(std::size_t outline) const;

private:
    struct State {
        bool isDone = false;
        std::unordered_map<geo::VertexId, geo::Point, VertexHash> moved;
        std::unordered_map<geo::VertexId, geo::Ring, VertexHash> between; ///< by the edge
    };

    const LayerLines& m_lines;
    double m_reach;
    std::vector<State> m_states;
    std::unordered_map<geo::Point, geo::Point, PointHash> m_followed;
};

} // namespace nunatak::editing
