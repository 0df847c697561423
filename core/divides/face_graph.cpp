// SPDX-License-Identifier: GPL-3.0-or-later
#include "divides/face_graph.h"

#include "geo/rings.h"
#include "geo/segments.h"
#include "geo/shape_operations.h"

#include <algorithm>

namespace nunatak::divides {

namespace {

struct BeforePoint {
    bool operator()(geo::Point a, geo::Point b) const { return a.x != b.x ? a.x < b.x : a.y < b.y; }
};

} // namespace

FaceGraph::FaceGraph(std::vector<geo::Polygon> faces)
    : m_faces(std::move(faces)), m_neighbours(m_faces.size()) {
    for (std::size_t face = 0; face < m_faces.size(); ++face) {
        const geo::MultiPolygon shape{m_faces[face]};
        m_areas.push_back(geo::planarArea(shape));
        geo::forEachRing(shape, [&](const geo::Ring& ring, int, int) {
            for (std::size_t i = 0; i < ring.size(); ++i) {
                m_left.emplace(Edge{ring[i], ring[(i + 1) % ring.size()]}, face);
            }
        });
    }
    forEachEdge([&](const Edge& edge, std::size_t left, std::size_t right) {
        if (right != none) {
            const double length = geo::distance(edge.first, edge.second);
            m_neighbours[left][right] += length;
            m_neighbours[right][left] += length;
        }
    });
}

std::size_t FaceGraph::leftOf(const Edge& edge) const {
    const auto found = m_left.find(edge);
    return found != m_left.end() ? found->second : none;
}

std::vector<std::vector<geo::Point>> joined(const std::vector<Edge>& edges) {
    std::map<geo::Point, std::vector<std::size_t>, BeforePoint> at;
    for (std::size_t i = 0; i < edges.size(); ++i) {
        at[edges[i].first].push_back(i);
        at[edges[i].second].push_back(i);
    }
    std::vector<bool> isUsed(edges.size());
    std::vector<std::vector<geo::Point>> lines;
    const auto follow = [&](geo::Point start, std::size_t edge) {
        std::vector<geo::Point> line{start};
        for (;;) {
            isUsed[edge] = true;
            line.push_back(edges[edge].first == line.back() ? edges[edge].second : edges[edge].first);
            const auto& here = at[line.back()];
            const auto next =
                std::find_if(here.begin(), here.end(), [&](std::size_t i) { return !isUsed[i]; });
            if (here.size() != 2 || next == here.end()) {
                lines.push_back(std::move(line));
                return;
            }
            edge = *next;
        }
    };
    for (const bool isAround : {false, true}) {
        for (const auto& [point, here] : at) {
            for (const std::size_t edge : here) {
                if (!isUsed[edge] && (isAround || here.size() != 2)) {
                    follow(point, edge);
                }
            }
        }
    }
    return lines;
}

} // namespace nunatak::divides
