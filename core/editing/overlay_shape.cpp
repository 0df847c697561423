// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/overlay_shape.h"

#include "geo/rings.h"
#include "geo/segments.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <tuple>
#include <utility>

namespace nunatak::editing {

namespace {

geo::Extent extentOf(const geo::Ring& ring) {
    geo::Extent extent;
    for (const geo::Point& point : ring) {
        extent.include(point);
    }
    return extent;
}

struct Shell {
    RingOfShape* part = nullptr;
    geo::Extent extent;
    double area = 0;
    std::vector<RingOfShape*> holes;
};

/// The smallest shell that a hole lies in.
Shell* shellAround(std::vector<Shell>& shells, const RingOfShape& hole) {
    const geo::Extent extent = extentOf(hole.ring());
    // A piece that is cut out of the middle has the same ring as the hole that it leaves.
    const double least = std::abs(geo::signedArea(hole.ring())) * (1 + 1e-9);
    std::vector<Shell*> around;
    for (Shell& shell : shells) {
        if (shell.area > least && shell.extent.contains({extent.xmin, extent.ymin}) &&
            shell.extent.contains({extent.xmax, extent.ymax})) {
            around.push_back(&shell);
        }
    }
    std::sort(around.begin(), around.end(), [](const Shell* a, const Shell* b) { return a->area < b->area; });
    for (Shell* shell : around) {
        if (around.size() == 1 || geo::isInside(shell->part->ring(), placeOn(hole.ring()))) {
            return shell;
        }
    }
    return nullptr;
}

Overlaid composed(const std::vector<Shell>& shells) {
    Overlaid result;
    result.isSame = false;
    for (const Shell& shell : shells) {
        const int part = static_cast<int>(result.shape.size());
        result.origins.push_back(shell.part->walked.source.first);
        geo::Polygon polygon;
        const auto put = [&](RingOfShape& from, int number) -> geo::Ring {
            const WalkedRing& walked = from.walked;
            for (std::size_t i = 0; i < walked.isNew.size(); ++i) {
                if (walked.isNew[i] != 0) {
                    result.edges.coming.push_back({part, number, static_cast<int>(i)});
                }
            }
            if (walked.source.first < 0) {
                result.edges.newRings.emplace_back(part, number);
            }
            return from.untouched != nullptr ? *from.untouched : std::move(from.walked.points);
        };
        polygon.outer = put(*shell.part, 0);
        for (RingOfShape* hole : shell.holes) {
            polygon.holes.push_back(put(*hole, static_cast<int>(polygon.holes.size()) + 1));
        }
        result.shape.push_back(std::move(polygon));
    }
    return result;
}

} // namespace

geo::Point placeOn(const geo::Ring& ring) {
    return geo::pointAlong(ring[0], ring[1 % ring.size()], 0.5);
}

Overlaid shapeOf(std::vector<RingOfShape> parts, std::vector<RingOfShape> holes) {
    std::vector<Shell> shells;
    for (RingOfShape& part : parts) {
        const geo::Ring& ring = part.ring();
        shells.push_back({&part, extentOf(ring), std::abs(geo::signedArea(ring)), {}});
    }
    // One of the outline's parts goes on as the largest piece that comes of it.
    std::stable_sort(shells.begin(), shells.end(), [](const Shell& a, const Shell& b) {
        const int partA = a.part->walked.source.first, partB = b.part->walked.source.first;
        return std::tuple(partA < 0, partA, -a.area) < std::tuple(partB < 0, partB, -b.area);
    });
    int last = -1;
    std::vector<Shell> ordered;
    std::vector<Shell> further;
    for (Shell& shell : shells) {
        const int part = shell.part->walked.source.first;
        const bool isFirst = part >= 0 && part != last;
        last = part;
        (isFirst ? ordered : further).push_back(std::move(shell));
    }
    std::move(further.begin(), further.end(), std::back_inserter(ordered));
    std::stable_sort(holes.begin(), holes.end(), [](const RingOfShape& a, const RingOfShape& b) {
        const auto place = [](const RingOfShape& part) {
            return std::pair(part.walked.source.first < 0, part.walked.source);
        };
        return place(a) < place(b);
    });
    for (RingOfShape& hole : holes) {
        if (Shell* around = shellAround(ordered, hole)) {
            around->holes.push_back(&hole);
        }
    }
    return composed(ordered);
}

} // namespace nunatak::editing
