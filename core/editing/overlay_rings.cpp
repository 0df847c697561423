// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/overlay_rings.h"

#include "editing/boundaries.h"
#include "editing/gate.h"
#include "geo/rings.h"
#include "geo/segments.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

namespace nunatak::editing {

namespace {

using Key = std::pair<double, double>;
constexpr double fullTurn = 2 * 3.14159265358979323846;

Key keyOf(geo::Point point) {
    return {point.x, point.y};
}

double angleOf(geo::Point from, geo::Point to) {
    return std::atan2(to.y - from.y, to.x - from.x);
}

class Walker {
public:
    explicit Walker(const std::vector<Piece>& pieces) : m_pieces(pieces), m_isUsed(pieces.size(), false) {
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            m_leaving[keyOf(pieces[i].start)].push_back(i);
        }
    }

    std::vector<WalkedRing> walk() {
        for (std::size_t i = 0; i < m_pieces.size(); ++i) {
            if (!m_isUsed[i]) {
                walkFrom(i);
            }
        }
        return std::move(m_rings);
    }

private:
    static constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

    /// Of the pieces that leave where this one ends the first one clockwise from it.
    std::size_t after(std::size_t piece) const {
        const auto leaving = m_leaving.find(keyOf(m_pieces[piece].end));
        if (leaving == m_leaving.end()) {
            return none;
        }
        const geo::Point corner = m_pieces[piece].end;
        const double back = angleOf(corner, m_pieces[piece].lastButOne());
        std::size_t best = none;
        double least = std::numeric_limits<double>::infinity();
        for (const std::size_t next : leaving->second) {
            if (m_isUsed[next]) {
                continue;
            }
            double turn = back - angleOf(corner, m_pieces[next].second());
            turn = turn <= 0 ? turn + fullTurn : turn;
            if (turn < least) {
                least = turn;
                best = next;
            }
        }
        return best;
    }

    void walkFrom(std::size_t first) {
        std::vector<std::size_t> way;       // not closed yet
        std::map<Key, std::size_t> placeOf; // where on the way a point is
        for (std::size_t piece = first; piece != none;) {
            m_isUsed[piece] = true;
            placeOf[keyOf(m_pieces[piece].start)] = way.size();
            way.push_back(piece);
            if (const auto met = placeOf.find(keyOf(m_pieces[piece].end)); met != placeOf.end()) {
                const auto begin = way.begin() + static_cast<std::ptrdiff_t>(met->second);
                add({begin, way.end()});
                for (auto closed = begin; closed != way.end(); ++closed) {
                    placeOf.erase(keyOf(m_pieces[*closed].start));
                }
                way.erase(begin, way.end());
                if (way.empty()) {
                    return;
                }
            }
            piece = after(piece);
        }
        throw Refused("Lines lie too near to each other here.", m_pieces[way.back()].end);
    }

    void add(const std::vector<std::size_t>& way) {
        WalkedRing ring;
        for (const std::size_t each : way) {
            const RingName name = m_pieces[each].name;
            if (name.first >= 0 && (ring.source.first < 0 || name < ring.source)) {
                ring.source = name;
            }
        }
        std::size_t start = 0;
        std::size_t least = std::numeric_limits<std::size_t>::max();
        bool isReversed = false;
        for (const std::size_t each : way) {
            const Piece& piece = m_pieces[each];
            const bool isSource = !piece.isLaid() && piece.name == ring.source;
            isReversed = isReversed || (isSource && piece.isReversed);
            if (isSource && piece.startIndex >= 0 && static_cast<std::size_t>(piece.startIndex) < least) {
                least = static_cast<std::size_t>(piece.startIndex);
                start = ring.points.size();
            }
            ring.points.push_back(piece.start);
            ring.isNew.push_back(piece.startsNew || (piece.count == 0 && piece.endsNew));
            for (std::size_t k = 0; k < piece.count; ++k) {
                if (isSource && piece.indexAt(k) < least) {
                    least = piece.indexAt(k);
                    start = ring.points.size();
                }
                ring.points.push_back(piece.at(k));
                ring.isNew.push_back(piece.isLaid());
            }
            ring.isNew.back() = static_cast<char>(ring.isNew.back() != 0 || piece.endsNew);
        }
        const double area = geo::signedArea(ring.points);
        // Of a larger one no ring on the Earth is so long.
        const double length = std::abs(area) < 1 ? geo::ringLength(ring.points) : 0;
        if (ring.points.size() < 3 || std::abs(area) <= onLine * length) {
            return;
        }
        ring.isHole = area < 0;
        std::rotate(ring.points.begin(), ring.points.begin() + static_cast<std::ptrdiff_t>(start),
                    ring.points.end());
        std::rotate(ring.isNew.begin(), ring.isNew.begin() + static_cast<std::ptrdiff_t>(start),
                    ring.isNew.end());
        if (isReversed) { // the first vertex stays it
            std::reverse(ring.points.begin() + 1, ring.points.end());
            std::reverse(ring.isNew.begin(), ring.isNew.end());
        }
        m_rings.push_back(std::move(ring));
    }

    const std::vector<Piece>& m_pieces;
    std::vector<bool> m_isUsed;
    std::map<Key, std::vector<std::size_t>> m_leaving;
    std::vector<WalkedRing> m_rings;
};

} // namespace

std::vector<WalkedRing> walkedRings(const std::vector<Piece>& pieces) {
    return Walker(pieces).walk();
}

} // namespace nunatak::editing
