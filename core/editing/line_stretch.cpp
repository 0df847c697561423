// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/line_stretch.h"

#include "geo/segments.h"

#include <algorithm>

namespace nunatak::editing {

LinePlace linePlace(const geo::MultiPolygon& shape, geo::VertexId edge, geo::Point point) {
    const geo::Ring& ring = geo::ringOf(shape, edge.part, edge.ring);
    const int next = edge.index + 1 < static_cast<int>(ring.size()) ? edge.index + 1 : 0;
    const geo::Point a = ring[static_cast<std::size_t>(edge.index)];
    const geo::Point b = ring[static_cast<std::size_t>(next)];
    const double along = geo::along(point, a, b);
    if (point == b || along >= 1) {
        edge.index = next;
        return {edge, 0, point};
    }
    return {edge, point == a ? 0 : along, point};
}

geo::Ring stretchBetween(const geo::MultiPolygon& shape, const LinePlace& from, const LinePlace& to) {
    const geo::Ring& ring = geo::ringOf(shape, from.edge.part, from.edge.ring);
    const std::size_t size = ring.size();
    const auto first = static_cast<std::size_t>(from.edge.index);
    const auto last = static_cast<std::size_t>(to.edge.index);
    std::size_t count = (last + size - first) % size; // vertices behind the first one, up to that of the end
    if (first == last && to.along <= from.along) {
        count = size;
    }
    geo::Ring line{from.point};
    const auto add = [&line](geo::Point point) {
        if (point != line.back()) {
            line.push_back(point);
        }
    };
    for (std::size_t i = 1; i <= count; ++i) {
        add(ring[(first + i) % size]);
    }
    add(to.point);
    return line;
}

geo::Ring shorterStretch(const geo::MultiPolygon& shape, const LinePlace& from, const LinePlace& to) {
    geo::Ring there = stretchBetween(shape, from, to);
    geo::Ring back = stretchBetween(shape, to, from);
    if (geo::lineLength(there) <= geo::lineLength(back)) {
        return there;
    }
    std::reverse(back.begin(), back.end());
    return back;
}

} // namespace nunatak::editing
