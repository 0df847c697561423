// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/held_vertices.h"

#include "editing/gate_neighbours.h"
#include "geo/edge_index.h"
#include "geo/segments.h"

#include <algorithm>

namespace nunatak::editing {

namespace {

/// Of a vertex and the other outlines. On a line says nothing of the next vertex.
enum class Lies { Beside, OnALine, Within };

class Holder {
public:
    Holder(const SharedChains& chains, const LayerLines& lines, bool mayOverlap)
        : m_chains(chains), m_lines(lines), m_mayOverlap(mayOverlap) {}

    std::vector<bool> held(const SharedChain& chain) const {
        const geo::Ring& points = chain.points;
        std::vector<bool> held(points.size());
        for (std::size_t i = 0; i + (chain.isClosed ? 0 : 1) < points.size(); ++i) {
            const std::size_t next = (i + 1) % points.size();
            if (isCrossed(chain, points[i], points[next])) {
                held[i] = held[next] = true;
            }
        }
        // Without a crossing between them vertices lie all in an outline or all beside it.
        Lies lies = Lies::OnALine;
        for (std::size_t i = 0; i < points.size(); ++i) {
            if (held[i]) {
                lies = Lies::OnALine;
                continue;
            }
            lies = lies == Lies::OnALine ? whereItLies(chain, points[i]) : lies;
            held[i] = lies == Lies::Within;
        }
        return held;
    }

private:
    bool isOwner(const SharedChain& chain, const outlines::OutlineHandle& outline) const {
        return std::any_of(chain.uses.begin(), chain.uses.end(),
                           [&](const ChainUse& use) { return m_chains.outlines[use.outline] == outline; });
    }

    /// Whether the line may not come over that outline.
    bool isKeptFrom(const SharedChain& chain, const outlines::OutlineHandle& outline) const {
        return !m_mayOverlap && takesGround(*outline) &&
               std::any_of(chain.uses.begin(), chain.uses.end(),
                           [&](const ChainUse& use) { return takesGround(*m_chains.outlines[use.outline]); });
    }

    bool isCrossed(const SharedChain& chain, geo::Point a, geo::Point b) const {
        geo::Extent box;
        box.include(a);
        box.include(b);
        bool isCrossed = false;
        m_lines.visitEdges(box, [&](std::size_t number, const geo::Edge& edge) {
            isCrossed =
                isCrossed ||
                (geo::meet(a, b, edge.a, edge.b) == geo::Meeting::Cross &&
                 (isOwner(chain, m_lines.outline(number)) || isKeptFrom(chain, m_lines.outline(number))));
        });
        return isCrossed;
    }

    Lies whereItLies(const SharedChain& chain, geo::Point point) const {
        Lies lies = Lies::Beside;
        m_lines.visitOutlines({point.x, point.y, point.x, point.y}, [&](std::size_t number) {
            const outlines::OutlineHandle& other = m_lines.outline(number);
            if (lies == Lies::Within || isOwner(chain, other) || !isKeptFrom(chain, other)) {
                return;
            }
            const geo::Where where = geo::whereIs(point, other->geometry, *m_lines.indexed(number).index);
            lies = where == geo::Where::Inside     ? Lies::Within
                   : where == geo::Where::Boundary ? Lies::OnALine
                                                   : lies;
        });
        return lies;
    }

    const SharedChains& m_chains;
    const LayerLines& m_lines;
    bool m_mayOverlap;
};

} // namespace

std::vector<std::vector<bool>> heldVertices(const SharedChains& chains, const LayerLines& lines,
                                            bool mayOverlap) {
    const Holder holder(chains, lines, mayOverlap);
    std::vector<std::vector<bool>> all;
    all.reserve(chains.chains.size());
    for (const SharedChain& chain : chains.chains) {
        all.push_back(holder.held(chain));
    }
    return all;
}

} // namespace nunatak::editing
