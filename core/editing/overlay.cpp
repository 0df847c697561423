// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/overlay.h"

#include "editing/overlay_shape.h"
#include "geo/rings.h"
#include "geo/segments.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace nunatak::editing {

namespace {

using geo::Where;
using Key = std::pair<double, double>;
using EdgeKey = std::pair<Key, Key>;

Key keyOf(geo::Point point) {
    return {point.x, point.y};
}

EdgeKey keyOf(geo::Point a, geo::Point b) {
    return {keyOf(a), keyOf(b)};
}

Piece turned(Piece piece, geo::Point start, std::ptrdiff_t startIndex) {
    std::swap(piece.start, piece.end);
    std::swap(piece.startsNew, piece.endsNew);
    piece.isReversed = !piece.isReversed;
    piece.start = start;
    piece.startIndex = startIndex;
    return piece;
}

/// A place of a piece that is none of its ends.
geo::Point placeWithin(const Piece& piece) {
    return piece.count > 0 ? piece.at(piece.count / 2) : geo::pointAlong(piece.start, piece.end, 0.5);
}

class Overlayer {
public:
    Overlayer(const Indexed& outline, std::span<const LineNode> nodes, std::span<const LaidLine> lines,
              Overlay what)
        : m_shape(*outline.shape), m_index(*outline.index), m_nodes(nodes.begin(), nodes.end()),
          m_lines(lines), m_what(what), m_region(regionOf(lines)), m_regionIndex(m_region) {
        addTouches();
        for (const LineNode& node : m_nodes) {
            m_nodePoints.insert(keyOf(node.point));
        }
        for (const LaidLine& line : lines) {
            const std::size_t size = line.points.size();
            for (std::size_t i = 0; i + (line.isClosed ? 0 : 1) < size; ++i) {
                m_laidEdges.insert(keyOf(line.points[i], line.points[(i + 1) % size]));
            }
        }
    }

    Overlaid run() {
        cutOutline();
        if (m_what == Overlay::Split) {
            addCuts();
        } else {
            addRegion();
        }
        leaveUntouched();
        if (m_isSame) {
            return {m_shape, {}, {}, true};
        }
        for (WalkedRing& ring : walkedRings(m_pieces)) {
            (ring.isHole ? m_holes : m_shells).push_back({std::move(ring), nullptr});
        }
        Overlaid result = shapeOf(std::move(m_shells), std::move(m_holes));
        for (const auto& [part, ring, index] : m_going) {
            result.edges.going.push_back({part, ring, index});
        }
        return result;
    }

private:
    static geo::MultiPolygon regionOf(std::span<const LaidLine> lines) {
        geo::MultiPolygon region;
        for (const LaidLine& line : lines) {
            if (line.isClosed) {
                region.push_back({line.points, {}}); // sides are told by the even-odd rule
            }
        }
        return region;
    }

    bool isInRegion(geo::Point point) const {
        return geo::whereIs(point, m_region, m_regionIndex) == Where::Inside;
    }
    bool isInOutline(geo::Point point) const {
        return geo::whereIs(point, m_shape, m_index) == Where::Inside;
    }

    // The outline's pieces.

    /// Where its own rings touch each other, what comes may be one ring that would come there twice.
    void addTouches() {
        if (m_index.rings() < 2) {
            return;
        }
        RingName longest{0, 0};
        std::size_t most = 0;
        geo::forEachRing(m_shape, [&](const geo::Ring& ring, int part, int number) {
            if (ring.size() > most) {
                most = ring.size();
                longest = {part, number};
            }
        });
        const std::size_t before = m_nodes.size();
        geo::forEachRing(m_shape, [&](const geo::Ring& ring, int part, int number) {
            for (std::size_t i = 0; i < ring.size() && longest != RingName(part, number); ++i) {
                const geo::Point point = ring[i];
                m_index.visit(m_shape, {point.x, point.y, point.x, point.y}, [&](const geo::Edge& edge) {
                    const bool isOwn = edge.from.part == part && edge.from.ring == number;
                    if (isOwn || edge.b == point || !geo::isOn(point, edge.a, edge.b)) {
                        return;
                    }
                    const double along = edge.a == point ? 0 : geo::along(point, edge.a, edge.b);
                    m_nodes.push_back({edge.from, along, point});
                    m_nodes.push_back({{part, number, static_cast<int>(i)}, 0, point});
                });
            }
        });
        if (m_nodes.size() == before) {
            return;
        }
        std::sort(m_nodes.begin(), m_nodes.end(), [](const LineNode& a, const LineNode& b) {
            return std::tuple(a.edge.part, a.edge.ring, a.edge.index, a.along) <
                   std::tuple(b.edge.part, b.edge.ring, b.edge.index, b.along);
        });
        m_nodes.erase(std::unique(m_nodes.begin(), m_nodes.end(),
                                  [](const LineNode& a, const LineNode& b) {
                                      return a.edge.part == b.edge.part && a.edge.ring == b.edge.ring &&
                                             a.point == b.point;
                                  }),
                      m_nodes.end());
    }

    void cutOutline() {
        for (auto first = m_nodes.cbegin(); first != m_nodes.cend();) {
            const RingName name{first->edge.part, first->edge.ring};
            const auto end = std::find_if(first, m_nodes.cend(), [&](const LineNode& node) {
                return RingName(node.edge.part, node.edge.ring) != name;
            });
            m_touched.insert(name);
            cutRing(name, {first, end});
            first = end;
        }
    }

    void cutRing(const RingName& name, std::span<const LineNode> nodes) {
        const geo::Ring& ring = geo::ringOf(m_shape, name.first, name.second);
        const bool isAgainst =
            m_index.isCounterClockwise(m_shape, name.first, name.second) != (name.second == 0);
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            const LineNode& from = nodes[i];
            const LineNode& to = nodes[(i + 1) % nodes.size()];
            const auto first = static_cast<std::size_t>(from.edge.index) + 1;
            auto end = static_cast<std::size_t>(to.edge.index) + (to.along > 0 ? 1 : 0);
            end += i + 1 == nodes.size() ? ring.size() : 0; // over the ring's beginning
            Piece piece;
            piece.start = from.point;
            piece.end = to.point;
            piece.ring = &ring;
            piece.name = name;
            piece.first = first % ring.size();
            piece.count = end - first;
            piece.startsNew = from.along > 0;
            piece.endsNew = to.along > 0;
            piece.startIndex = from.along > 0 ? -1 : from.edge.index;
            if (piece.count == 0 && piece.start == piece.end) {
                continue;
            }
            if (isAgainst) {
                piece = turned(piece, to.point, to.along > 0 ? -1 : to.edge.index);
            }
            if (piece.count == 0) {
                m_shortPieces.insert(keyOf(piece.start, piece.end));
            }
            // The edges that it begins and ends on are others where a vertex comes.
            const std::size_t firstEdge = first - 1;
            const std::size_t edges = piece.count + 1;
            if (take(piece)) {
                if (from.along > 0) {
                    goes(name, firstEdge, ring.size());
                }
                if (to.along > 0) {
                    goes(name, firstEdge + edges - 1, ring.size());
                }
            } else {
                m_isSame = false;
                for (std::size_t k = 0; k < edges; ++k) {
                    goes(name, firstEdge + k, ring.size());
                }
            }
        }
    }

    void goes(const RingName& name, std::size_t edge, std::size_t size) {
        m_going.insert({name.first, name.second, static_cast<int>(edge % size)});
    }

    /// Keeps a piece of the outline where it stays.
    bool take(const Piece& piece) {
        if (m_what == Overlay::Split) {
            m_pieces.push_back(piece);
            return true;
        }
        bool isKept = false;
        if (piece.count == 0 && m_laidEdges.contains(keyOf(piece.start, piece.end))) {
            isKept = m_what == Overlay::Add; // ground of both on its left
        } else if (piece.count == 0 && m_laidEdges.contains(keyOf(piece.end, piece.start))) {
            isKept = m_what == Overlay::Remove;
        } else {
            isKept = isInRegion(placeWithin(piece)) == (m_what == Overlay::Uncovered);
        }
        if (isKept && m_what == Overlay::Uncovered) {
            m_pieces.push_back(turned(piece, piece.end, -1));
        } else if (isKept) {
            m_pieces.push_back(piece);
        }
        return isKept;
    }

    // The laid lines' pieces.

    /// Pieces of a line between points of `at`; none where it has none of them.
    static std::vector<Piece> piecesOf(const LaidLine& line, const std::set<Key>& at) {
        std::vector<std::size_t> cuts;
        for (std::size_t i = 0; i < line.points.size(); ++i) {
            if (at.contains(keyOf(line.points[i]))) {
                cuts.push_back(i);
            }
        }
        std::vector<Piece> pieces;
        for (std::size_t i = 0; i + (line.isClosed ? 0 : 1) < cuts.size(); ++i) {
            const std::size_t from = cuts[i];
            const std::size_t to = i + 1 < cuts.size() ? cuts[i + 1] : cuts.front() + line.points.size();
            Piece piece;
            piece.start = line.points[from];
            piece.end = line.points[to % line.points.size()];
            piece.ring = &line.points;
            piece.first = (from + 1) % line.points.size();
            piece.count = to - from - 1;
            piece.startsNew = piece.endsNew = true;
            pieces.push_back(piece);
        }
        return pieces;
    }

    /// Places of the laid lines that are of the outline's, or of several of them.
    std::set<Key> placesToCut() const {
        std::map<Key, int> uses;
        for (const LaidLine& line : m_lines) {
            for (const geo::Point& point : line.points) {
                ++uses[keyOf(point)];
            }
        }
        std::set<Key> at = m_nodePoints;
        for (const auto& [point, count] : uses) {
            if (count > 1) {
                at.insert(point);
            }
        }
        return at;
    }

    void addRegion() {
        const std::set<Key> at = placesToCut();
        for (const LaidLine& line : m_lines) {
            const std::vector<Piece> pieces = piecesOf(line, at);
            if (pieces.empty()) {
                addWholeRing(line);
            }
            for (const Piece& piece : pieces) {
                const bool runsAlong =
                    piece.count == 0 && m_shortPieces.contains(keyOf(piece.start, piece.end));
                const bool runsAgainst =
                    piece.count == 0 && m_shortPieces.contains(keyOf(piece.end, piece.start));
                if (runsAlong || runsAgainst) {
                    if (m_what == Overlay::Uncovered && runsAgainst) {
                        m_pieces.push_back(piece);
                    }
                    continue; // else the outline's is taken, or none
                }
                if (isInOutline(placeWithin(piece)) != (m_what == Overlay::Remove)) {
                    continue;
                }
                m_isSame = false;
                m_pieces.push_back(m_what == Overlay::Remove ? turned(piece, piece.end, -1) : piece);
            }
        }
    }

    void addWholeRing(const LaidLine& line) {
        if (isInOutline(placeOn(line.points)) != (m_what == Overlay::Remove)) {
            return;
        }
        m_isSame = false;
        RingOfShape part{{line.points, {}, {-1, -1}, false}, nullptr};
        if (m_what == Overlay::Remove) {
            std::reverse(part.walked.points.begin(), part.walked.points.end());
        }
        part.walked.isNew.assign(part.walked.points.size(), 1);
        part.walked.isHole = geo::signedArea(part.walked.points) < 0;
        (part.walked.isHole ? m_holes : m_shells).push_back(std::move(part));
    }

    /// Lines in both directions where they lie within, without what leads nowhere.
    void addCuts() {
        const std::set<Key> at = placesToCut();
        std::vector<Piece> cuts;
        std::set<std::tuple<Key, Key, Key>> known;
        for (const LaidLine& line : m_lines) {
            for (const Piece& piece : piecesOf(line, at)) {
                const bool runsAlong =
                    piece.count == 0 && (m_shortPieces.contains(keyOf(piece.start, piece.end)) ||
                                         m_shortPieces.contains(keyOf(piece.end, piece.start)));
                if (runsAlong || !isInOutline(placeWithin(piece)) ||
                    !known.insert({keyOf(piece.start), keyOf(piece.second()), keyOf(piece.end)}).second) {
                    continue;
                }
                known.insert({keyOf(piece.end), keyOf(piece.lastButOne()), keyOf(piece.start)});
                cuts.push_back(piece);
            }
        }
        for (bool isDone = false; !isDone;) {
            std::map<Key, int> degree;
            for (const Piece& cut : cuts) {
                ++degree[keyOf(cut.start)];
                ++degree[keyOf(cut.end)];
            }
            const auto isLoose = [&](geo::Point point) {
                return degree[keyOf(point)] < 2 && !m_nodePoints.contains(keyOf(point));
            };
            isDone = std::erase_if(
                         cuts, [&](const Piece& cut) { return isLoose(cut.start) || isLoose(cut.end); }) == 0;
        }
        for (const Piece& cut : cuts) {
            m_isSame = false;
            m_pieces.push_back(cut);
            m_pieces.push_back(turned(cut, cut.end, -1));
        }
    }

    // Rings that nothing meets.

    void leaveUntouched() {
        std::set<RingName> within;
        if (m_what != Overlay::Split) {
            m_index.visitRings(geo::extentOf(m_region), [&](int part, int ring) {
                const geo::Ring& points = geo::ringOf(m_shape, part, ring);
                if (!m_touched.contains({part, ring}) && !points.empty() && isInRegion(placeOn(points))) {
                    within.insert({part, ring});
                }
            });
        }
        if (m_what == Overlay::Uncovered) {
            m_isSame = false;
            for (const auto& [part, ring] : within) {
                WalkedRing copy{geo::ringOf(m_shape, part, ring), {}, {-1, -1}, ring == 0};
                if (m_index.isCounterClockwise(m_shape, part, ring) == copy.isHole) {
                    std::reverse(copy.points.begin(), copy.points.end());
                }
                (copy.isHole ? m_holes : m_shells).push_back({std::move(copy), nullptr});
            }
            return;
        }
        m_isSame = m_isSame && within.empty();
        for (const RingName& name : within) {
            const std::size_t size = geo::ringOf(m_shape, name.first, name.second).size();
            for (std::size_t i = 0; i < size; ++i) {
                goes(name, i, size);
            }
        }
        geo::forEachRing(m_shape, [&](const geo::Ring& ring, int part, int number) {
            if (!m_touched.contains({part, number}) && !within.contains({part, number})) {
                RingOfShape kept{{{}, {}, {part, number}, number > 0}, &ring};
                (number > 0 ? m_holes : m_shells).push_back(std::move(kept));
            }
        });
    }

    const geo::MultiPolygon& m_shape;
    const geo::EdgeIndex& m_index;
    std::vector<LineNode> m_nodes;
    std::span<const LaidLine> m_lines;
    Overlay m_what;
    geo::MultiPolygon m_region;
    geo::EdgeIndex m_regionIndex;
    std::set<Key> m_nodePoints;
    std::set<EdgeKey> m_laidEdges;   ///< as they run
    std::set<EdgeKey> m_shortPieces; ///< of the outline, with its ground to their left: edges of a laid line?
    std::set<RingName> m_touched;
    std::set<std::tuple<int, int, int>> m_going;
    std::vector<Piece> m_pieces;
    std::vector<RingOfShape> m_shells;
    std::vector<RingOfShape> m_holes;
    bool m_isSame = true;
};

} // namespace

Overlaid overlaid(const Indexed& outline, std::span<const LineNode> nodes, std::span<const LaidLine> lines,
                  Overlay what) {
    return Overlayer(outline, nodes, lines, what).run();
}

} // namespace nunatak::editing
