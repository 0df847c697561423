// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terrain/outline_snapshot.h"

#include "geo/paths.h"
#include "geo/ring_difference.h"
#include "geo/rings.h"
#include "geo/segments.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace nunatak::ui::terrain {

namespace {

constexpr float always = std::numeric_limits<float>::infinity();

/// Of a ring after an edit, from those of the ring before.
std::vector<float> derived(const std::vector<float>& known, const geo::RingDifference& changed,
                           std::size_t size) {
    const auto at = [](std::size_t i) { return static_cast<std::ptrdiff_t>(i); };
    std::vector<float> importance(known.begin(), known.begin() + at(changed.first));
    importance.insert(importance.end(), changed.endAfter - changed.first, always);
    importance.insert(importance.end(), known.begin() + at(changed.endBefore), known.end());
    if (!changed.empty() && size > 0) {
        importance[changed.first > 0 ? changed.first - 1 : size - 1] = always;
        importance[changed.endAfter < size ? changed.endAfter : 0] = always;
    }
    return importance;
}

struct Span {
    std::size_t first, last; ///< last may be ring.size(): the first vertex again
    float limit;             ///< no vertex outlives those it lies between
};

/// Of the vertices within these spans.
void rank(const geo::Ring& ring, std::vector<Span> open, std::vector<float>& importance) {
    while (!open.empty()) {
        const auto span = open.back();
        open.pop_back();
        if (span.last - span.first < 2) {
            continue;
        }
        double farthest = -1;
        std::size_t at = span.first + 1;
        for (std::size_t i = span.first + 1; i < span.last; ++i) {
            const double away =
                geo::distanceToSegment(ring[i], ring[span.first], ring[span.last % ring.size()]);
            if (away > farthest) {
                farthest = away;
                at = i;
            }
        }
        importance[at] = std::min(span.limit, static_cast<float>(farthest));
        open.push_back({span.first, at, importance[at]});
        open.push_back({at, span.last, importance[at]});
    }
}

/// Of a line with two ends, which stay; of a point.
std::vector<float> lineImportance(const geo::Ring& line) {
    std::vector<float> importance(line.size(), 0);
    if (!line.empty()) {
        importance.front() = importance.back() = always;
        rank(line, {{0, line.size() - 1, always}}, importance);
    }
    return importance;
}

} // namespace

std::vector<float> vertexImportance(const geo::Ring& ring) {
    std::vector<float> importance(ring.size(), 0);
    if (ring.size() < 4) {
        std::fill(importance.begin(), importance.end(), always);
        return importance;
    }
    // A ring has no ends: its first vertex and the one farthest from it serve as such.
    std::size_t opposite = 0;
    double most = -1;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        const double away = geo::distance(ring[i], ring[0]);
        if (away > most) {
            most = away;
            opposite = i;
        }
    }
    importance[0] = importance[opposite] = always;
    rank(ring, {{0, opposite, always}, {opposite, ring.size(), always}}, importance);
    return importance;
}

ThinnedOutline::ThinnedOutline(Handle outline) : m_outline(std::move(outline)) {}

ThinnedOutline::ThinnedOutline(Handle outline, const ThinnedOutline& before) : m_outline(std::move(outline)) {
    const auto& shape = m_outline->geometry;
    const auto& known = before.m_outline->geometry;
    if (!geo::haveSameRings(known, shape)) {
        return; // all is worked out when it is asked for
    }
    std::call_once(m_once, [&] {
        std::size_t number = 0;
        geo::forEachRing(shape, [&](const geo::Ring& ring, int part, int place) {
            m_importance.push_back(derived(before.importance()[number++],
                                           geo::differenceOf(geo::ringOf(known, part, place), ring),
                                           ring.size()));
        });
    });
}

const std::vector<std::vector<float>>& ThinnedOutline::importance() const {
    std::call_once(m_once, [this] {
        const bool isPath = geo::isPath(m_outline->geometry);
        geo::forEachRing(m_outline->geometry, [&](const geo::Ring& ring, int, int) {
            m_importance.push_back(isPath ? lineImportance(ring) : vertexImportance(ring));
        });
    });
    return m_importance;
}

OutlineSnapshot::Places& OutlineSnapshot::placesOf(const std::string& uuid) {
    m_places.resize(buckets);
    auto& bucket = m_places[std::hash<std::string>()(uuid) % buckets];
    // Another snapshot may have it, too; this one's owner is the only one who makes others from it.
    if (bucket == nullptr) {
        bucket = std::make_shared<Places>();
    } else if (bucket.use_count() > 1) {
        bucket = std::make_shared<Places>(*bucket);
    }
    return *bucket;
}

const std::size_t* OutlineSnapshot::placeOf(const std::string& uuid) const {
    if (m_places.empty()) {
        return nullptr;
    }
    const auto& bucket = m_places[std::hash<std::string>()(uuid) % buckets];
    if (bucket == nullptr) {
        return nullptr;
    }
    const auto found = bucket->find(uuid);
    return found != bucket->end() ? &found->second : nullptr;
}

void OutlineSnapshot::set(std::size_t place, Thinned outline) {
    const std::size_t number = place / blockSize;
    auto block = number < m_blocks.size() ? *m_blocks[number] : Block();
    block.resize(std::max(block.size(), place % blockSize + 1));
    block[place % blockSize] = std::move(outline);
    m_blocks.resize(std::max(m_blocks.size(), number + 1));
    m_blocks[number] = std::make_shared<const Block>(std::move(block));
}

void OutlineSnapshot::put(Thinned outline) {
    const auto& uuid = outline->outline()->uuid;
    if (const auto* place = placeOf(uuid)) {
        set(*place, std::move(outline));
        return;
    }
    placesOf(uuid).emplace(uuid, m_end);
    set(m_end++, std::move(outline));
    ++m_size;
}

void OutlineSnapshot::remove(const std::string& uuid) {
    if (const auto* place = placeOf(uuid)) {
        set(*place, nullptr);
        placesOf(uuid).erase(uuid);
        --m_size;
    }
}

OutlineSnapshot::Thinned OutlineSnapshot::find(const std::string& uuid) const {
    const auto* place = placeOf(uuid);
    return place != nullptr ? (*m_blocks[*place / blockSize])[*place % blockSize] : nullptr;
}

void OutlineSnapshot::forEach(const std::function<void(const ThinnedOutline&)>& visit) const {
    for (const auto& block : m_blocks) {
        for (const auto& outline : *block) {
            if (outline != nullptr) {
                visit(*outline);
            }
        }
    }
}

std::vector<geo::Ring> ThinnedOutline::rings(double tolerance) const {
    const auto& all = importance();
    std::vector<geo::Ring> rings;
    std::size_t number = 0;
    geo::forEachRing(m_outline->geometry, [&](const geo::Ring& ring, int, int) {
        const auto& ofRing = all[number++];
        geo::Ring kept;
        for (std::size_t i = 0; i < ring.size(); ++i) {
            if (ofRing[i] > tolerance || tolerance <= 0) {
                kept.push_back(ring[i]);
            }
        }
        rings.push_back(std::move(kept));
    });
    return rings;
}

} // namespace nunatak::ui::terrain
