// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "class_boundaries.h"

#include <cstddef>
#include <vector>

namespace nunatak::prediction {

/// How far beside the middle of its pixel edge a smoothed boundary may pass, in pixels. Under a half, it
/// passes between the middles of the two pixels that the edge separates: each stays on its side.
inline constexpr double gateReach = 0.47;
/// Farthest distance of a pixel's corner on the boundary from the smoothed one, in pixels.
inline constexpr double cornerReach = 0.4995;

/// A boundary arc as the gates it passes through. A gate belongs to an edge of a pixel and goes from the
/// middle of the pixel on its left to the middle of the one on its right; a path that crosses the gates in
/// their order, straight in between, has the topology of the arc, and no two such paths meet (surface nets in
/// the plane: Gibson 1998, Constrained elastic surface nets, MICCAI). Both ends of an arc between junctions
/// count as stations that stay where they are. Coordinates are in pixels from the arc's first corner.
class ArcGates {
public:
    explicit ArcGates(const BoundaryArc& arc);

    /// Gates, and the two ends of an arc that is not closed.
    std::size_t size() const { return m_step.size(); }
    bool isClosed() const { return m_isClosed; }
    /// Stations of a closed arc are counted on and on.
    std::size_t wrapped(std::size_t station) const { return station % size(); }
    bool isEnd(std::size_t station) const {
        return !m_isClosed && (station == 0 || station + 1 == m_step.size());
    }

    /// Where the arc itself passes: the middle of the pixel edge.
    geo::Point middle(std::size_t station) const { return m_middle[wrapped(station)]; }
    /// The corner between a station and the next.
    geo::Point cornerAfter(std::size_t station) const;
    /// Where the smoothed path passes, from the middle to the left.
    double offset(std::size_t station) const { return m_offset[wrapped(station)]; }
    void setOffset(std::size_t station, double offset) { m_offset[wrapped(station)] = offset; }
    geo::Point position(std::size_t station) const { return positionAt(station, offset(station)); }
    geo::Point positionAt(std::size_t station, double offset) const;

    struct Crossing {
        bool isForward = false; ///< it crosses the gate's line in the arc's direction
        double offset = 0;
        double cosine = 0; ///< of the angle to the direction of the pixel edge
    };
    /// Where a straight line crosses the line of a gate.
    Crossing crossing(std::size_t station, geo::Point from, geo::Point to) const;

    /// Distance of the corner between a station and the next from the path with these offsets there; 0 where
    /// the arc does not turn.
    double cornerDistance(std::size_t station, double offset, double nextOffset) const;

    /// Lays the path as straight as its gates let it, without moving it to one side: what it takes from the
    /// area on one side it gives back within some dozens of pixels. What it does at a gate follows from the
    /// arc within 150 gates and from nothing else.
    void smooth();
    /// Puts back offsets beyond what gates and corners allow, each by itself.
    void enforceLimits();

private:
    enum class Join : std::uint8_t { Straight, Left, Right, End };
    struct Seen {
        double along = 0;
        double left = 0;
    };

    static Seen ahead(Join join, double offset);
    static double areaBetween(Join join, double offset, double nextOffset);
    std::size_t joins() const { return m_isClosed ? size() : size() - 1; }
    void straighten();
    void balance();

    bool m_isClosed;
    std::vector<std::uint8_t> m_step;
    std::vector<geo::Point> m_middle;
    std::vector<Join> m_join; ///< between each station and the next
    std::vector<double> m_offset;
    std::vector<double> m_scratch;
    std::vector<double> m_areas;
    std::vector<double> m_weights;
};

} // namespace nunatak::prediction
