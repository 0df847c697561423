// SPDX-License-Identifier: GPL-3.0-or-later
#include "divides/partition.h"

#include "divides/face_graph.h"
#include "geo/segments.h"
#include "geo/shape_operations.h"
#include "prediction/polygonise.h"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>

namespace nunatak::divides {

namespace {

constexpr std::int32_t nobody = -1;

/// Whose most of a face's pixels are.
std::vector<std::int32_t> ownersByPixels(const std::vector<geo::Polygon>& faces,
                                         const Image<std::int32_t>& owners, const geo::Grid& grid) {
    std::vector<geo::MultiPolygon> shapes;
    shapes.reserve(faces.size());
    for (const geo::Polygon& face : faces) {
        shapes.push_back({face});
    }
    const Image<std::int32_t> drawn = prediction::rasterise(shapes, grid);
    std::vector<std::map<std::int32_t, std::size_t>> votes(faces.size());
    for (std::size_t i = 0; i < drawn.bandSize(); ++i) {
        if (drawn.values()[i] > 0 && owners.values()[i] >= 0) {
            ++votes[static_cast<std::size_t>(drawn.values()[i] - 1)][owners.values()[i]];
        }
    }
    std::vector<std::int32_t> found;
    for (const auto& of : votes) {
        const auto most = std::max_element(of.begin(), of.end(),
                                           [](const auto& a, const auto& b) { return a.second < b.second; });
        found.push_back(most != of.end() ? most->first : nobody);
    }
    return found;
}

/// Faces of one owner that hang together.
struct Body {
    std::int32_t owner = nobody;
    std::vector<std::size_t> faces;
    double area = 0;
    std::map<std::int32_t, double> borders; ///< length in common with other owners
};

class Sharing {
public:
    Sharing(const FaceGraph& graph, std::vector<std::int32_t> owners)
        : m_graph(graph), m_owners(std::move(owners)) {}

    std::vector<Body> bodies() const {
        std::vector<Body> all;
        std::vector<bool> isSeen(m_owners.size());
        for (std::size_t first = 0; first < m_owners.size(); ++first) {
            if (isSeen[first]) {
                continue;
            }
            Body body{m_owners[first], {first}, 0, {}};
            isSeen[first] = true;
            for (std::size_t i = 0; i < body.faces.size(); ++i) {
                body.area += m_graph.area(body.faces[i]);
                for (const auto& [next, length] : m_graph.neighbours(body.faces[i])) {
                    if (m_owners[next] != body.owner) {
                        body.borders[m_owners[next]] += length;
                    } else if (!isSeen[next]) {
                        isSeen[next] = true;
                        body.faces.push_back(next);
                    }
                }
            }
            all.push_back(std::move(body));
        }
        return all;
    }

    /// Gives what is nobody's, and what is small and cut off from the rest of its owner, to neighbours. Each
    /// gift makes two bodies one, so it comes to an end.
    void settle(double leastArea) {
        for (bool isDone = false; !isDone;) {
            isDone = true;
            const std::vector<Body> all = bodies();
            const auto largest = largestOf(all);
            std::vector<bool> hasOthers(
                m_owners.size()); // faces whose neighbours have changed hands just now
            for (std::size_t i = 0; i < all.size(); ++i) {
                const Body& body = all[i];
                const bool isLoose =
                    body.owner == nobody || (largest.at(body.owner) != i && body.area < leastArea);
                const std::int32_t to = longest(body.borders);
                const bool waits = std::any_of(body.faces.begin(), body.faces.end(),
                                               [&](std::size_t face) { return hasOthers[face]; });
                if (!isLoose || to == nobody) {
                    continue;
                }
                isDone = false;
                if (waits) {
                    continue;
                }
                for (const std::size_t face : body.faces) {
                    m_owners[face] = to;
                    for (const auto& [next, length] : m_graph.neighbours(face)) {
                        hasOthers[next] = true;
                    }
                }
            }
        }
    }

    static std::map<std::int32_t, std::size_t> largestOf(const std::vector<Body>& all) {
        std::map<std::int32_t, std::size_t> largest;
        for (std::size_t i = 0; i < all.size(); ++i) {
            const auto [found, isNew] = largest.try_emplace(all[i].owner, i);
            if (!isNew && all[i].area > all[found->second].area) {
                found->second = i;
            }
        }
        return largest;
    }

private:
    static std::int32_t longest(const std::map<std::int32_t, double>& borders) {
        std::int32_t to = nobody;
        double length = 0;
        for (const auto& [owner, here] : borders) {
            if (owner != nobody && here > length) {
                to = owner;
                length = here;
            }
        }
        return to;
    }

    const FaceGraph& m_graph;
    std::vector<std::int32_t> m_owners;
};

double distanceBetween(const FaceGraph& graph, const Body& a, const Body& b) {
    constexpr std::size_t mostAsked = 32; // vertices of a ring
    double least = std::numeric_limits<double>::infinity();
    for (const std::size_t from : a.faces) {
        const geo::Ring& ring = graph.faces()[from].outer;
        for (std::size_t i = 0; i < ring.size(); i += 1 + ring.size() / mostAsked) {
            for (const std::size_t to : b.faces) {
                least = std::min(least, geo::nearestOnRing(graph.faces()[to].outer, ring[i]).distance);
            }
        }
    }
    return least;
}

/// Pieces, without shapes yet, and which of them each face belongs to.
class Pieces {
public:
    Pieces(const FaceGraph& graph, const std::vector<Body>& bodies, Apart apart)
        : m_graph(graph), m_bodies(bodies), m_pieceOf(graph.faces().size()) {
        std::vector<std::size_t> order(bodies.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return bodies[a].area > bodies[b].area; });
        for (const bool takesApart : {false, true}) {
            for (const std::size_t i : order) {
                if (bodies[i].borders.empty() == takesApart) {
                    put(i, takesApart ? hostOf(bodies[i], apart) : m_bodyOf.size());
                }
            }
        }
    }

    std::size_t count() const { return m_bodyOf.size(); }
    std::int32_t ownerOf(std::size_t piece) const { return m_bodies[m_bodyOf[piece]].owner; }
    std::size_t of(std::size_t face) const { return m_pieceOf[face]; }

private:
    /// The piece that a part goes with which lies apart from all others; the count: it is one itself.
    std::size_t hostOf(const Body& body, Apart apart) const {
        std::size_t host = m_bodyOf.size();
        double least = std::numeric_limits<double>::infinity();
        for (std::size_t piece = 0; piece < m_bodyOf.size(); ++piece) {
            const Body& main = m_bodies[m_bodyOf[piece]];
            if (apart == Apart::ToOwner) {
                if (main.owner == body.owner) {
                    return piece;
                }
            } else if (const double away = distanceBetween(m_graph, body, main); away < least) {
                least = away;
                host = piece;
            }
        }
        return host;
    }

    void put(std::size_t body, std::size_t piece) {
        if (piece == m_bodyOf.size()) {
            m_bodyOf.push_back(body);
        }
        for (const std::size_t face : m_bodies[body].faces) {
            m_pieceOf[face] = piece;
        }
    }

    const FaceGraph& m_graph;
    const std::vector<Body>& m_bodies;
    std::vector<std::size_t> m_bodyOf; ///< of each piece its first, largest body
    std::vector<std::size_t> m_pieceOf;
};

} // namespace

Partition partition(const geo::MultiPolygon& outline, std::span<const geo::Line> lines,
                    const Image<std::int32_t>& owners, const geo::Grid& grid, double leastArea, Apart apart) {
    Partition result;
    const FaceGraph graph(geo::facesOf(outline, lines));
    Sharing sharing(graph, ownersByPixels(graph.faces(), owners, grid));
    sharing.settle(leastArea);
    const std::vector<Body> bodies = sharing.bodies();
    const Pieces pieces(graph, bodies, apart);
    for (std::size_t piece = 0; piece < pieces.count(); ++piece) {
        result.pieces.push_back({pieces.ownerOf(piece), {}, 0});
    }
    if (result.pieces.size() < 2) {
        for (Piece& piece : result.pieces) {
            piece.shape = outline;
            piece.area = geo::planarArea(outline);
        }
        return result;
    }
    std::vector<Edge> kept;
    std::vector<Edge> between;
    graph.forEachEdge([&](const Edge& edge, std::size_t left, std::size_t right) {
        if (right == FaceGraph::none) {
            kept.push_back(edge);
        } else if (pieces.of(left) != pieces.of(right)) {
            kept.push_back(edge);
            between.push_back(edge);
        }
    });
    for (geo::Polygon& polygon : geo::polygonsOf(kept)) {
        const std::size_t face = graph.leftOf({polygon.outer[0], polygon.outer[1]});
        if (face != FaceGraph::none) { // else it is a hole of the outline
            result.pieces[pieces.of(face)].shape.push_back(std::move(polygon));
        }
    }
    for (Piece& piece : result.pieces) {
        piece.area = geo::planarArea(piece.shape);
    }
    std::stable_sort(result.pieces.begin(), result.pieces.end(),
                     [](const Piece& a, const Piece& b) { return a.area > b.area; });
    result.lines = joined(between);
    return result;
}

} // namespace nunatak::divides
