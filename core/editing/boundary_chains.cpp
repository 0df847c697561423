// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/boundary_chains.h"

#include "editing/gate.h"
#include "geo/segments.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

namespace nunatak::editing {

namespace {

bool isNext(const SharedPoint& one, const SharedPoint& next, std::size_t size) {
    return (next.vertex == one.vertex && next.share > one.share) ||
           (next.isVertex() && next.vertex == (one.vertex + 1) % size);
}

/// True for the end of a line that stays.
bool isEnd(std::size_t number, const LineChanges& lines) {
    const auto [line, at] = lines.placeOf(number);
    const LineChange& change = lines.all()[line];
    const bool isOuter = at == 0 || at + 1 == change.old.size();
    return !change.isWhole && isOuter && change.now[change.places[at]] == change.old[at];
}

/// The edge of a line between two points, going on from the one before where that is possible: a point may
/// be there twice.
Chain::Edge edgeBetween(const SharedPoint& one, const SharedPoint& next, const Chain::Edge* before) {
    Chain::Edge found;
    for (const std::size_t from : one.numbers) {
        for (const std::size_t to : next.numbers) {
            if (from + 1 != to && to + 1 != from) {
                continue;
            }
            const bool goesOn = before != nullptr && before->isShared && before->to == from &&
                                (before->from < before->to) == (from < to);
            if (!found.isShared || goesOn) {
                found = {from, to, true};
            }
        }
    }
    return found;
}

void link(Chain& chain) {
    for (std::size_t i = 0; i + 1 < chain.points.size(); ++i) {
        chain.edges.push_back(edgeBetween(chain.points[i], chain.points[i + 1],
                                          chain.edges.empty() ? nullptr : &chain.edges.back()));
    }
    for (std::size_t i = 0; i < chain.edges.size(); ++i) {
        const Chain::Edge& edge = chain.edges[i];
        if (!edge.isShared) {
            continue;
        }
        const Chain::Edge* before = i > 0 ? &chain.edges[i - 1] : nullptr;
        const bool goesOn = before != nullptr && before->isShared && before->to == edge.from &&
                            (before->from < before->to) == (edge.from < edge.to);
        if (goesOn) {
            chain.runs.back().last = i;
        } else {
            chain.runs.push_back({i, i});
        }
    }
}

/// Writes what a chain becomes.
class Writer {
public:
    Writer(const Chain& chain, const LineChanges& lines) : m_chain(chain), m_lines(lines) {}

    geo::Ring write() {
        auto run = m_chain.runs.begin();
        for (std::size_t point = 0; point < m_chain.points.size();) {
            if (run == m_chain.runs.end() || run->first != point) {
                putAlone(m_chain.points[point++]);
                continue;
            }
            put(*run);
            point = run->last + 1;
            ++run;
            if (run == m_chain.runs.end() || run->first != point) {
                ++point;
            }
        }
        return std::move(m_written);
    }

private:
    void put(geo::Point point) {
        if (m_written.empty() || m_written.back() != point) {
            m_written.push_back(point);
        }
    }

    /// A point of a line of which the ring has no edge.
    void putAlone(const SharedPoint& point) {
        const std::size_t number = point.numbers.front();
        const geo::Point now = m_lines.imageOf(number);
        // What only lies on an edge is made a vertex where it moves, else left.
        if (point.isVertex() || (now != point.point && !m_lines.isDropped(number))) {
            put(now);
        }
    }

    bool isUnchanged(const Chain::Edge& edge) const {
        const auto [line, from] = m_lines.placeOf(edge.from);
        const std::size_t to = m_lines.placeOf(edge.to).second;
        const LineChange& change = m_lines.all()[line];
        const std::size_t a = change.places[std::min(from, to)];
        const std::size_t b = change.places[std::max(from, to)];
        return b == a + 1 && change.now[a] == change.old[std::min(from, to)] &&
               change.now[b] == change.old[std::max(from, to)];
    }

    /// No vertex is made of a point on an edge whose line does not change there, or leaves it.
    bool isNeedless(const SharedPoint& point, std::size_t number, const Chain::Edge& edge) const {
        return !point.isVertex() && (m_lines.isDropped(number) || isUnchanged(edge));
    }

    void put(const Run& run) {
        const LineChange& change = m_lines.lineOf(m_chain.edges[run.first].from);
        std::size_t first = run.first;
        std::size_t end = run.last + 1;
        if (change.kind != LineChange::Kind::Drawn) {
            while (first < end &&
                   isNeedless(m_chain.points[first], m_chain.edges[first].from, m_chain.edges[first])) {
                ++first;
            }
            while (first < end &&
                   isNeedless(m_chain.points[end], m_chain.edges[end - 1].to, m_chain.edges[end - 1])) {
                --end;
            }
            if (first == end) {
                putAlone(m_chain.points[first]);
                return;
            }
        }
        const auto placeOf = [&](std::size_t number) {
            return change.places[m_lines.placeOf(number).second];
        };
        const std::size_t from = run.start ? run.start->place : placeOf(m_chain.edges[first].from);
        const std::size_t to = run.end ? run.end->place : placeOf(m_chain.edges[end - 1].to);
        if (run.start && run.start->keepsPoint) {
            put(m_chain.points[first].point);
        }
        for (std::size_t at = from; at != to; at += from < to ? 1 : std::size_t(-1)) {
            put(change.now[at]);
        }
        put(change.now[to]);
        if (run.end && run.end->keepsPoint) {
            put(m_chain.points[end].point);
        }
    }

    const Chain& m_chain;
    const LineChanges& m_lines;
    geo::Ring m_written;
};

/// The splice without what is the same at both ends of it.
void addTrimmed(RingSplice splice, const geo::Ring& ring, std::vector<RingSplice>& splices) {
    const std::size_t size = ring.size();
    const auto old = [&](std::size_t i) { return ring[(splice.first + i) % size]; };
    std::size_t front = 0;
    while (front < splice.removed && front < splice.added.size() && splice.added[front] == old(front)) {
        ++front;
    }
    std::size_t back = 0;
    while (front + back < splice.removed && front + back < splice.added.size() &&
           splice.added[splice.added.size() - 1 - back] == old(splice.removed - 1 - back)) {
        ++back;
    }
    splice.added.erase(splice.added.end() - static_cast<std::ptrdiff_t>(back), splice.added.end());
    splice.added.erase(splice.added.begin(), splice.added.begin() + static_cast<std::ptrdiff_t>(front));
    splice.removed -= front + back;
    splice.first += front;
    if (splice.removed > 0 || splice.first > size) {
        splice.first %= size;
    }
    if (splice.removed > 0 || !splice.added.empty()) {
        splices.push_back(std::move(splice));
    }
}

[[noreturn]] void refuseCrossing(geo::Point place) {
    throw Refused("Neighbours' lines would cross here.", place);
}

/// Splices between which no vertex stays are one. Of two that take the same vertex the lines that a new one
/// cuts would lie in each other.
std::vector<RingSplice> joined(std::vector<RingSplice> splices, const geo::Ring& ring) {
    const std::size_t size = ring.size();
    std::sort(splices.begin(), splices.end(),
              [](const RingSplice& a, const RingSplice& b) { return a.first < b.first; });
    std::vector<RingSplice> all;
    const auto append = [](RingSplice& one, const RingSplice& next) {
        one.removed += next.removed;
        one.added.insert(one.added.end(), next.added.begin(), next.added.end());
    };
    for (RingSplice& splice : splices) {
        const std::size_t end = all.empty() ? 0 : all.back().first + all.back().removed;
        if (splice.removed > size || end > splice.first) {
            refuseCrossing(ring[splice.first % size]);
        }
        if (!all.empty() && end == splice.first) {
            append(all.back(), splice);
        } else {
            all.push_back(std::move(splice));
        }
    }
    const std::size_t last = all.empty() ? 0 : all.back().first + all.back().removed;
    if (all.size() > 1 && last > size + all.front().first) {
        refuseCrossing(ring[all.front().first % size]);
    }
    if (all.size() > 1 && last == size + all.front().first) {
        append(all.back(), all.front());
        all.erase(all.begin());
    }
    if (all.size() == 1 && all.front().removed == size) {
        all.front().first = 0;
    }
    return all;
}

/// No vertex comes where there is one already beside it.
void dropRepeated(std::vector<RingSplice>& splices, const geo::Ring& ring) {
    const std::size_t size = ring.size();
    for (RingSplice& splice : splices) {
        if (splice.removed == size) {
            continue;
        }
        geo::Ring& added = splice.added;
        const geo::Point before = ring[(splice.first + size - 1) % size];
        const geo::Point after = ring[(splice.first + splice.removed) % size];
        while (!added.empty() && added.front() == before) {
            added.erase(added.begin());
        }
        while (!added.empty() && added.back() == after) {
            added.pop_back();
        }
        if (splices.size() == 1 && added.empty() && before == after && splice.removed > 0 &&
            splice.removed + 1 < size) {
            ++splice.removed;
        }
    }
    std::erase_if(splices,
                  [](const RingSplice& splice) { return splice.removed == 0 && splice.added.empty(); });
}

} // namespace

std::vector<Chain> chainsOf(const SharedRing& ring, const LineChanges& lines) {
    const auto& points = ring.points;
    const std::size_t size = ring.vertices().size();
    const std::size_t count = points.size();
    const auto follows = [&](std::size_t i) {
        return isNext(points[(i + count - 1) % count], points[i], size);
    };
    std::size_t start = 0;
    while (start < count && follows(start)) {
        ++start;
    }
    std::vector<Chain> chains;
    if (start == count) {
        Chain chain;
        chain.isClosed = true;
        std::size_t fixed = 0;
        while (fixed < count && !(points[fixed].isVertex() && isEnd(points[fixed].numbers.front(), lines))) {
            ++fixed;
        }
        chain.isFixed = fixed < count;
        fixed %= count;
        for (std::size_t i = 0; i <= count; ++i) {
            chain.points.push_back(points[(fixed + i) % count]);
        }
        chains.push_back(std::move(chain));
    } else {
        for (std::size_t i = 0; i < count; ++i) {
            const std::size_t at = (start + i) % count;
            if (!follows(at)) {
                chains.emplace_back();
            }
            chains.back().points.push_back(points[at]);
        }
    }
    for (Chain& chain : chains) {
        link(chain);
    }
    return chains;
}

void placeRemoved(LineChanges& lines, const std::vector<Sharer>& sharers) {
    std::map<std::pair<std::size_t, std::size_t>, std::vector<std::size_t>> ownersOfEdge;
    for (std::size_t i = 0; i < sharers.size(); ++i) {
        for (const Chain& chain : sharers[i].chains) {
            for (const Chain::Edge& edge : chain.edges) {
                if (edge.isShared) {
                    ownersOfEdge[lines.placeOf(std::min(edge.from, edge.to))].push_back(i);
                }
            }
        }
    }
    const auto owners = [&](std::size_t line, std::size_t edge) {
        const auto found = ownersOfEdge.find({line, edge});
        return found != ownersOfEdge.end() ? found->second : std::vector<std::size_t>();
    };
    for (std::size_t number = 0; number < lines.all().size(); ++number) {
        LineChange& line = lines.all()[number];
        if (line.kind != LineChange::Kind::Removed) {
            continue;
        }
        for (std::size_t kept = 0; kept + 1 < line.old.size();) {
            std::size_t next = kept + 1;
            while (line.isDropped[next]) {
                ++next;
            }
            double longest = -1;
            std::size_t middle = kept;
            for (std::size_t first = kept; first < next;) {
                std::size_t end = first;
                double length = 0;
                const auto whose = owners(number, first);
                while (end < next && owners(number, end) == whose) {
                    length += geo::distance(line.old[end], line.old[end + 1]);
                    ++end;
                }
                if (length > longest) {
                    longest = length;
                    middle = first + (end - first) / 2;
                }
                first = end;
            }
            for (std::size_t i = kept + 1; i < next; ++i) {
                line.places[i] = i <= middle ? line.places[kept] : line.places[next];
            }
            kept = next;
        }
    }
}

std::vector<RingSplice> splicesOf(const Sharer& sharer, const LineChanges& lines) {
    const geo::Ring& ring = sharer.ring.vertices();
    const std::size_t size = ring.size();
    std::vector<RingSplice> splices;
    for (const Chain& chain : sharer.chains) {
        RingSplice splice{sharer.ring.part, sharer.ring.ring, 0, 0, Writer(chain, lines).write()};
        if (chain.isClosed) {
            if (splice.added.size() > 1 && splice.added.front() == splice.added.back()) {
                splice.added.pop_back();
            }
            splice.first = chain.isFixed ? chain.points.front().vertex : 0;
            splice.removed = size;
            if (chain.isFixed) {
                splice.added.erase(splice.added.begin());
                splice.first = (splice.first + 1) % size;
                splice.removed = size - 1;
            }
        } else {
            const SharedPoint& front = chain.points.front();
            splice.first = front.isVertex() ? front.vertex : front.vertex + 1;
            splice.removed = static_cast<std::size_t>(
                std::count_if(chain.points.begin(), chain.points.end(),
                              [](const SharedPoint& point) { return point.isVertex(); }));
            const bool beginsWithRun = !chain.runs.empty() && chain.runs.front().first == 0;
            const bool endsWithRun = !chain.runs.empty() && chain.runs.back().last + 1 == chain.edges.size();
            if (beginsWithRun && chain.runs.front().start) {
                const std::size_t swallowed = chain.runs.front().start->swallowed;
                splice.first = (splice.first + size - swallowed) % size;
                splice.removed += swallowed;
            }
            if (endsWithRun && chain.runs.back().end) {
                splice.removed += chain.runs.back().end->swallowed;
            }
        }
        if (chain.isClosed && !chain.isFixed) {
            splices.push_back(std::move(splice));
        } else {
            addTrimmed(std::move(splice), ring, splices);
        }
    }
    splices = joined(std::move(splices), ring);
    dropRepeated(splices, ring);
    return splices;
}

} // namespace nunatak::editing
