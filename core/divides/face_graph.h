// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <cstddef>
#include <functional>
#include <map>
#include <unordered_map>
#include <utility>
#include <vector>

namespace nunatak::divides {

using Edge = std::pair<geo::Point, geo::Point>;

struct HashOfEdge {
    std::size_t operator()(const Edge& edge) const {
        const std::hash<double> hash;
        std::size_t mixed = hash(edge.first.x);
        for (const double each : {edge.first.y, edge.second.x, edge.second.y}) {
            mixed = mixed * 0x9e3779b97f4a7c15ULL + hash(each);
        }
        return mixed ^ (mixed >> 29U);
    }
};

/// Faces of one outline and the lines that they have in common.
class FaceGraph {
public:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    /// Faces lie on the left of their edges (geo::facesOf).
    explicit FaceGraph(std::vector<geo::Polygon> faces);

    const std::vector<geo::Polygon>& faces() const { return m_faces; }
    double area(std::size_t face) const { return m_areas[face]; }
    /// Length of the line in common with each neighbour.
    const std::map<std::size_t, double>& neighbours(std::size_t face) const { return m_neighbours[face]; }
    /// The face on the left of an edge; none: no face has it.
    std::size_t leftOf(const Edge& edge) const;
    /// Calls visit(edge, left, right) for each edge once; right is none at the outline.
    template <typename Visit> void forEachEdge(Visit&& visit) const {
        for (const auto& [edge, left] : m_left) {
            const std::size_t right = leftOf({edge.second, edge.first});
            if (right == none || left < right) {
                visit(edge, left, right);
            }
        }
    }

private:
    std::vector<geo::Polygon> m_faces;
    std::vector<double> m_areas;
    std::vector<std::map<std::size_t, double>> m_neighbours;
    std::unordered_map<Edge, std::size_t, HashOfEdge> m_left;
};

/// Edges joined to lines, from where not two of them meet to the next such place, or around.
std::vector<std::vector<geo::Point>> joined(const std::vector<Edge>& edges);

} // namespace nunatak::divides
