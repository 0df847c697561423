// SPDX-License-Identifier: GPL-3.0-or-later
#include "class_polygons.h"

#include "class_regions.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace nunatak::prediction {

namespace {

/// An arc walked with the region on the left: forwards, or backwards for the region on its right.
struct Walk {
    std::size_t arc = 0;
    bool isBackward = false;
};

/// Positive where the ring turns to the left on a map; rows grow to the south.
double signedArea(const geo::Ring& ring) {
    double sum = 0;
    const geo::Point origin = ring.front();
    for (std::size_t i = 1; i + 1 < ring.size(); ++i) {
        sum += (ring[i].y - origin.y) * (ring[i + 1].x - origin.x) -
               (ring[i].x - origin.x) * (ring[i + 1].y - origin.y);
    }
    return sum / 2;
}

class RingMaker {
public:
    RingMaker(const Image<std::uint8_t>& classes, const std::vector<BoundaryArc>& arcs,
              const std::vector<std::vector<geo::Point>>& lines)
        : m_corners(classes), m_arcs(arcs), m_lines(lines), m_regions(classes), m_polygons(m_regions.count()),
          m_width(static_cast<std::uint64_t>(classes.columns()) + 1) {}

    std::vector<geo::Polygon> make() {
        for (std::size_t i = 0; i < m_arcs.size(); ++i) {
            for (const bool isBackward : {false, true}) {
                const Walk walk{i, isBackward};
                if (!m_arcs[i].isClosed && isOutlined(classOf(walk))) {
                    m_starts.emplace(keyOf(startOf(walk), firstStepOf(walk)), walk);
                }
            }
        }
        m_walked.assign(2 * m_arcs.size(), false);
        for (std::size_t i = 0; i < m_arcs.size(); ++i) {
            for (const bool isBackward : {false, true}) {
                const Walk walk{i, isBackward};
                if (isOutlined(classOf(walk)) && !m_walked[indexOf(walk)]) {
                    walkAround(walk);
                }
            }
        }
        return std::move(m_polygons);
    }

private:
    static std::size_t indexOf(Walk walk) { return 2 * walk.arc + (walk.isBackward ? 1 : 0); }
    std::uint8_t classOf(Walk walk) const {
        return walk.isBackward ? m_arcs[walk.arc].right : m_arcs[walk.arc].left;
    }
    Corner startOf(Walk walk) const {
        return walk.isBackward ? m_arcs[walk.arc].end : m_arcs[walk.arc].start;
    }
    Corner endOf(Walk walk) const { return walk.isBackward ? m_arcs[walk.arc].start : m_arcs[walk.arc].end; }
    std::uint8_t firstStepOf(Walk walk) const {
        const auto& steps = m_arcs[walk.arc].steps;
        return walk.isBackward ? turnedBack(steps.back()) : steps.front();
    }
    std::uint8_t lastStepOf(Walk walk) const {
        const auto& steps = m_arcs[walk.arc].steps;
        return walk.isBackward ? turnedBack(steps.front()) : steps.back();
    }
    std::uint64_t keyOf(Corner corner) const {
        return static_cast<std::uint64_t>(corner.row) * m_width + static_cast<std::uint64_t>(corner.column);
    }
    std::uint64_t keyOf(Corner corner, std::uint8_t step) const { return 4 * keyOf(corner) + step; }

    std::size_t regionOf(Walk walk) const {
        const Corner corner = startOf(walk);
        const std::uint8_t step = firstStepOf(walk); // the pixel on its left
        return m_regions.at(step == East || step == North ? corner.row - 1 : corner.row,
                            step == West || step == North ? corner.column - 1 : corner.column);
    }

    /// The whole way around, in pieces that come to no junction twice.
    void walkAround(Walk walk) {
        const std::size_t region = regionOf(walk);
        if (m_arcs[walk.arc].isClosed) {
            m_walked[indexOf(walk)] = true;
            addRing(region, {walk});
            return;
        }
        std::vector<Walk> way;
        std::unordered_map<std::uint64_t, std::size_t> places; // junction → how many walks led there
        const Corner begin = startOf(walk);
        places.emplace(keyOf(begin), 0);
        do {
            m_walked[indexOf(walk)] = true;
            way.push_back(walk);
            const Corner junction = endOf(walk);
            const auto step = ClassCorners::next(m_corners.around(junction), lastStepOf(walk), true);
            walk = m_starts.at(keyOf(junction, step));
            const auto [place, isNew] = places.emplace(keyOf(junction), way.size());
            if (isNew) {
                continue;
            }
            const auto loop = way.begin() + static_cast<std::ptrdiff_t>(place->second);
            for (auto left = loop + 1; left != way.end(); ++left) {
                places.erase(keyOf(startOf(*left)));
            }
            addRing(region, {loop, way.end()});
            way.erase(loop, way.end());
        } while (!m_walked[indexOf(walk)]);
    }

    void addRing(std::size_t region, const std::vector<Walk>& way) {
        geo::Ring ring;
        for (const Walk& walk : way) {
            const auto& line = m_lines[walk.arc];
            const std::size_t count = line.size() - (m_arcs[walk.arc].isClosed ? 0 : 1);
            for (std::size_t i = 0; i < count; ++i) {
                ring.push_back(walk.isBackward ? line[line.size() - 1 - i] : line[i]);
            }
        }
        geo::Polygon& polygon = m_polygons[region];
        if (signedArea(ring) > 0) {
            polygon.outer = std::move(ring);
        } else {
            polygon.holes.push_back(std::move(ring));
        }
    }

    ClassCorners m_corners;
    const std::vector<BoundaryArc>& m_arcs;
    const std::vector<std::vector<geo::Point>>& m_lines;
    ClassRegions m_regions;
    std::vector<geo::Polygon> m_polygons;
    std::uint64_t m_width;
    std::unordered_map<std::uint64_t, Walk> m_starts;
    std::vector<bool> m_walked;
};

} // namespace

std::vector<geo::Polygon>
classPolygons(const Image<std::uint8_t>& classes, bool joinsAtCorners,
              const std::function<std::vector<geo::Point>(const BoundaryArc&)>& line) {
    const auto arcs = boundaryArcs(classes, joinsAtCorners);
    std::vector<std::vector<geo::Point>> lines;
    lines.reserve(arcs.size());
    for (const auto& arc : arcs) {
        lines.push_back(line(arc));
    }
    return RingMaker(classes, arcs, lines).make();
}

} // namespace nunatak::prediction
