// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/nearest.h"

#include "geo/paths.h"
#include "geo/segments.h"

namespace nunatak::editing {

namespace {

geo::Extent around(geo::Point place, double reach) {
    return geo::Extent{place.x, place.y, place.x, place.y}.grown(reach);
}

} // namespace

std::optional<NearVertex> nearestVertex(const geo::MultiPolygon& shape, const geo::EdgeIndex& index,
                                        geo::Point place, double reach) {
    std::optional<NearVertex> nearest;
    index.visit(shape, around(place, reach), [&](const geo::Edge& edge) {
        const double distance = geo::distance(place, edge.a);
        if (distance <= reach && (!nearest || distance < nearest->distance)) {
            nearest = NearVertex{edge.from, edge.a, distance};
        }
    });
    return nearest;
}

std::optional<NearEdge> nearestEdge(const geo::MultiPolygon& shape, const geo::EdgeIndex& index,
                                    geo::Point place, double reach) {
    std::optional<NearEdge> nearest;
    index.visit(shape, around(place, reach), [&](const geo::Edge& edge) {
        if (!geo::isEdge(shape, edge)) {
            return;
        }
        const geo::Point point = geo::pointAlong(edge.a, edge.b, geo::along(place, edge.a, edge.b));
        const double distance = geo::distance(place, point);
        if (distance <= reach && (!nearest || distance < nearest->distance)) {
            nearest = NearEdge{edge.from, point, distance};
        }
    });
    return nearest;
}

} // namespace nunatak::editing
