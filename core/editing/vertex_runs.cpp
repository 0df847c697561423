// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/vertex_runs.h"

#include "base/error.h"
#include "geo/rings.h"

#include <string>

namespace nunatak::editing {

std::map<RingName, std::set<std::size_t>> byRing(const geo::MultiPolygon& shape,
                                                 const std::vector<geo::VertexId>& vertices) {
    std::map<RingName, std::set<std::size_t>> rings;
    for (const geo::VertexId& vertex : vertices) {
        if (geo::vertexAt(shape, vertex) == nullptr) {
            throw Error("The outline has no vertex " + std::to_string(vertex.index + 1) + " there.");
        }
        rings[{vertex.part, vertex.ring}].insert(static_cast<std::size_t>(vertex.index));
    }
    return rings;
}

geo::MultiPolygon withoutRings(geo::MultiPolygon shape, const std::set<RingName>& rings) {
    geo::MultiPolygon left;
    for (std::size_t part = 0; part < shape.size(); ++part) {
        const int number = static_cast<int>(part);
        if (rings.contains({number, 0})) {
            continue;
        }
        geo::Polygon kept{std::move(shape[part].outer), {}};
        for (std::size_t hole = 0; hole < shape[part].holes.size(); ++hole) {
            if (!rings.contains({number, static_cast<int>(hole) + 1})) {
                kept.holes.push_back(std::move(shape[part].holes[hole]));
            }
        }
        left.push_back(std::move(kept));
    }
    return left;
}

void addRuns(const RingName& name, std::size_t size, const std::set<std::size_t>& vertices,
             std::vector<RingSplice>& splices) {
    const std::size_t first = splices.size();
    for (const std::size_t index : vertices) {
        RingSplice* last = splices.size() > first ? &splices.back() : nullptr;
        if (last != nullptr && last->first + last->removed == index) {
            ++last->removed;
        } else {
            splices.push_back({name.first, name.second, index, 1, {}});
        }
    }
    RingSplice& last = splices.back();
    RingSplice& begin = splices[first];
    if (splices.size() > first + 1 && begin.first == 0 && last.first + last.removed == size) {
        last.removed += begin.removed;
        splices.erase(splices.begin() + static_cast<std::ptrdiff_t>(first));
    }
}

} // namespace nunatak::editing
