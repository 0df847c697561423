// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/shared_chains.h"

#include "base/error.h"
#include "editing/boundaries.h"
#include "editing/gate_neighbours.h"
#include "editing/overlapping_lines.h"
#include "editing/paths.h"
#include "geo/rings.h"
#include "geo/segments.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

namespace nunatak::editing {

namespace {

using outlines::OutlineHandle;
using Key = std::pair<double, double>;
using EdgeKey = std::pair<Key, Key>;

Key keyOf(geo::Point point) {
    return {point.x, point.y};
}

/// An edge whichever way it runs.
EdgeKey keyOf(geo::Point a, geo::Point b) {
    return keyOf(a) < keyOf(b) ? EdgeKey{keyOf(a), keyOf(b)} : EdgeKey{keyOf(b), keyOf(a)};
}

struct KeyHash {
    static std::uint64_t mixed(std::uint64_t seed, const Key& key) {
        for (const double number : {key.first, key.second}) {
            // 0 and -0 are equal, and so must be what is made of them.
            seed = (seed ^ std::bit_cast<std::uint64_t>(number + 0.0)) * 0x9E3779B97F4A7C15ULL;
            seed ^= seed >> 29;
        }
        return seed;
    }
    std::size_t operator()(const Key& key) const { return mixed(0, key); }
    std::size_t operator()(const EdgeKey& key) const { return mixed(mixed(0, key.first), key.second); }
};

/// True where a point lies on an edge and is none of its ends.
bool isWithin(geo::Point point, const geo::Edge& edge) {
    if (geo::distance(point, edge.a) <= onLine || geo::distance(point, edge.b) <= onLine) {
        return false;
    }
    const double share = geo::along(point, edge.a, edge.b);
    return share > 0 && share < 1 && geo::distance(point, geo::pointAlong(edge.a, edge.b, share)) <= onLine;
}

class Builder {
public:
    Builder(const Draft& draft, std::span<const outlines::OutlineRef> refs) : m_draft(draft) {
        std::set<const outlines::SharedOutline*> known;
        for (const outlines::OutlineRef& ref : refs) {
            if (ref.layer != refs.front().layer) {
                throw Error("These outlines are of different layers. Take those of one.");
            }
            OutlineHandle outline = requireArea(draft, ref);
            if (known.insert(outline.get()).second) {
                m_result.outlines.push_back(std::move(outline));
            }
        }
        m_result.layer = refs.empty() ? std::string() : refs.front().layer;
        m_result.asked = m_result.outlines.size();
        for (std::size_t i = 0; i < m_result.asked; ++i) {
            const OutlineHandle asked = m_result.outlines[i];
            for (const OutlineHandle& near : draft.near(m_result.layer, asked->extent().grown(onLine))) {
                if (takesGround(*asked) && takesGround(*near) && known.insert(near.get()).second) {
                    m_result.outlines.push_back(near);
                }
            }
        }
    }

    SharedChains build() {
        lookAround();
        fixTouched();
        for (std::size_t i = 0; i < m_result.asked; ++i) {
            geo::forEachRing(m_result.outlines[i]->geometry,
                             [&](const geo::Ring& ring, int, int) { cut(ring); });
        }
        for (std::size_t i = 0; i < m_result.outlines.size(); ++i) {
            geo::forEachRing(
                m_result.outlines[i]->geometry,
                [&](const geo::Ring& ring, int part, int number) { findUses(i, ring, part, number); });
        }
        return std::move(m_result);
    }

private:
    /// The vertices that edges lead to from a point; a third one is enough to know.
    struct Around {
        std::array<geo::Point, 3> ends{};
        std::size_t count = 0;
        bool isFixed = false;
        void add(geo::Point end) {
            if (count < 3 && std::find(ends.begin(), ends.begin() + count, end) == ends.begin() + count) {
                ends[count++] = end;
            }
        }
        bool isEnd() const { return isFixed || count != 2; }
    };

    void lookAround() {
        for (std::size_t i = 0; i < m_result.asked; ++i) {
            geo::forEachVertex(m_result.outlines[i]->geometry,
                               [&](const geo::VertexId&, geo::Point point) { m_around[keyOf(point)]; });
        }
        for (const OutlineHandle& outline : m_result.outlines) {
            geo::forEachRing(outline->geometry, [&](const geo::Ring& ring, int, int) {
                for (std::size_t i = 0; i < ring.size(); ++i) {
                    const auto found = m_around.find(keyOf(ring[i]));
                    if (found != m_around.end()) {
                        found->second.add(ring[(i + ring.size() - 1) % ring.size()]);
                        found->second.add(ring[(i + 1) % ring.size()]);
                    }
                }
            });
        }
    }

    void fix(geo::Point point) {
        if (const auto found = m_around.find(keyOf(point)); found != m_around.end()) {
            found->second.isFixed = true;
        }
    }

    /// Vertices on the edges of others, both ways.
    void fixTouched() {
        for (std::size_t i = 0; i < m_result.asked; ++i) {
            const OutlineHandle& asked = m_result.outlines[i];
            const Indexed own = indexed(m_draft.indices(), asked);
            const geo::Extent reach = asked->extent().grown(onLine);
            for (const OutlineHandle& other : m_result.outlines) {
                if (other == asked || !other->extent().intersects(reach)) {
                    continue;
                }
                const Indexed theirs = indexed(m_draft.indices(), other);
                theirs.index->visit(*theirs.shape, reach, [&](const geo::Edge& edge) {
                    own.index->visit(*own.shape, boxOf(edge).grown(onLine), [&](const geo::Edge& met) {
                        if (isWithin(met.a, edge)) {
                            fix(met.a);
                        }
                        if (isWithin(edge.a, met)) {
                            fix(met.a);
                            fix(met.b);
                        }
                    });
                });
            }
        }
    }

    void cut(const geo::Ring& ring) {
        std::vector<std::size_t> ends;
        for (std::size_t i = 0; i < ring.size(); ++i) {
            if (m_around[keyOf(ring[i])].isEnd()) {
                ends.push_back(i);
            }
        }
        if (ends.empty()) {
            if (std::none_of(ring.begin(), ring.end(),
                             [&](const geo::Point& point) { return m_closed.contains(keyOf(point)); })) {
                m_closed.insert(keyOf(ring.front()));
                add({ring, true, {}});
            }
            return;
        }
        for (std::size_t k = 0; k < ends.size(); ++k) {
            const std::size_t from = ends[k];
            const std::size_t to = k + 1 < ends.size() ? ends[k + 1] : ends.front() + ring.size();
            SharedChain chain;
            for (std::size_t i = from; i <= to; ++i) {
                chain.points.push_back(ring[i % ring.size()]);
            }
            const std::size_t size = chain.points.size();
            if (!m_ends.contains(keyOf(chain.points[0], chain.points[1])) &&
                !m_ends.contains(keyOf(chain.points[size - 2], chain.points[size - 1]))) {
                m_ends.insert(keyOf(chain.points[size - 2], chain.points[size - 1]));
                add(std::move(chain));
            }
        }
    }

    void add(SharedChain chain) {
        const EdgeKey first = keyOf(chain.points[0], chain.points[1]);
        m_ends.insert(first);
        m_heads[first] = m_result.chains.size();
        m_result.chains.push_back(std::move(chain));
    }

    void findUses(std::size_t outline, const geo::Ring& ring, int part, int number) {
        const std::size_t size = ring.size();
        for (std::size_t i = 0; i < size; ++i) {
            const geo::Point a = ring[i];
            const auto head = m_heads.find(keyOf(a, ring[(i + 1) % size]));
            if (head == m_heads.end()) {
                continue;
            }
            SharedChain& chain = m_result.chains[head->second];
            ChainUse use{outline, part, number, i, chain.points.front() != a};
            if (use.isReversed) {
                use.first = chain.isClosed ? (i + 1) % size : (i + 2 + size - chain.points.size()) % size;
            }
            chain.uses.push_back(use);
        }
    }

    const Draft& m_draft;
    SharedChains m_result;
    std::unordered_map<Key, Around, KeyHash> m_around;         ///< of each vertex that was asked for
    std::set<EdgeKey> m_ends;                                  ///< first and last edges of chains
    std::set<Key> m_closed;                                    ///< first points of closed ones
    std::unordered_map<EdgeKey, std::size_t, KeyHash> m_heads; ///< chains by their first edges
};

} // namespace

SharedChains sharedChains(const Draft& draft, std::span<const outlines::OutlineRef> refs) {
    return Builder(draft, refs).build();
}

std::vector<Reshape> reshapesOf(const SharedChains& chains, const std::vector<geo::Ring>& lines) {
    std::map<std::size_t, std::vector<RingSplice>> splices;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const SharedChain& chain = chains.chains[i];
        if (lines[i] == chain.points) {
            continue;
        }
        const bool isWhole = chain.isClosed && lines[i].front() != chain.points.front();
        for (const ChainUse& use : chain.uses) {
            const std::size_t size =
                geo::ringOf(chains.outlines[use.outline]->geometry, use.part, use.ring).size();
            RingSplice splice{use.part, use.ring, isWhole ? 0 : (use.first + 1) % size, 0, {}};
            splice.removed = isWhole ? size : chain.isClosed ? size - 1 : chain.points.size() - 2;
            splice.added.assign(lines[i].begin() + (isWhole ? 0 : 1),
                                lines[i].end() - (chain.isClosed ? 0 : 1));
            if (use.isReversed) {
                std::reverse(splice.added.begin(), splice.added.end());
            }
            splices[use.outline].push_back(std::move(splice));
        }
    }
    std::vector<Reshape> changes;
    for (auto& [outline, ofIt] : splices) {
        changes.push_back({{chains.layer, chains.outlines[outline]->uuid}, std::move(ofIt)});
    }
    return changes;
}

} // namespace nunatak::editing
