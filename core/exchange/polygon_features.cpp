// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/polygon_features.h"

#include <ogr_geometry.h>

#include <algorithm>
#include <memory>
#include <utility>

namespace nunatak::exchange {

namespace {

const char* nameOf(OGRwkbGeometryType type) {
    switch (wkbFlatten(type)) {
    case wkbPoint:
        return "a point";
    case wkbMultiPoint:
        return "points";
    case wkbLineString:
    case wkbCircularString:
    case wkbCompoundCurve:
        return "a line";
    case wkbMultiLineString:
    case wkbMultiCurve:
        return "lines";
    default:
        return "no polygon";
    }
}

class Collector {
public:
    Collector(FeatureShape& shape, bool swapped) : m_shape(shape), m_swapped(swapped) {}

    void collect(const OGRGeometry& geometry) {
        const auto type = wkbFlatten(geometry.getGeometryType());
        if (geometry.IsEmpty() != 0) {
            return;
        }
        if (type == wkbPolygon || type == wkbTriangle) {
            collectPolygon(*geometry.toPolygon());
        } else if (OGR_GT_IsSubClassOf(type, wkbPolyhedralSurface) != 0) {
            for (const auto* child : *geometry.toPolyhedralSurface()) {
                collect(*child);
            }
        } else if (OGR_GT_IsSubClassOf(type, wkbGeometryCollection) != 0 &&
                   (type == wkbGeometryCollection || type == wkbMultiPolygon || type == wkbMultiSurface)) {
            for (const auto* child : *geometry.toGeometryCollection()) {
                collect(*child);
            }
        } else {
            if (m_shape.otherParts.empty()) {
                m_shape.otherParts = nameOf(type);
            }
            collectPath(geometry, type);
        }
    }

private:
    void collectPath(const OGRGeometry& geometry, OGRwkbGeometryType type) {
        if (type == wkbPoint) {
            m_shape.points.push_back(pointOf(*geometry.toPoint()));
        } else if (type == wkbLineString) {
            m_shape.lines.push_back(pointsOf(*geometry.toLineString()));
        } else if (type == wkbMultiPoint || type == wkbMultiLineString) {
            for (const auto* child : *geometry.toGeometryCollection()) {
                collectPath(*child, wkbFlatten(child->getGeometryType()));
            }
        }
    }

    geo::Point pointOf(const OGRPoint& point) {
        m_shape.hadHeights = m_shape.hadHeights || (point.Is3D() != 0 && point.getZ() != 0);
        return m_swapped ? geo::Point{point.getY(), point.getX()} : geo::Point{point.getX(), point.getY()};
    }

    void collectPolygon(const OGRPolygon& polygon) {
        geo::Polygon part;
        part.outer = ringOf(*polygon.getExteriorRing());
        for (int i = 0; i < polygon.getNumInteriorRings(); ++i) {
            auto hole = ringOf(*polygon.getInteriorRing(i));
            if (hole.size() >= 3) {
                part.holes.push_back(std::move(hole));
            }
        }
        if (part.outer.size() >= 3) {
            m_shape.polygons.push_back(std::move(part));
        } else {
            // A broken outer ring takes no hole with it: each is looked at by itself.
            for (auto& hole : part.holes) {
                m_shape.polygons.push_back({std::move(hole), {}});
            }
        }
    }

    geo::Ring ringOf(const OGRLinearRing& ring) {
        geo::Ring points = pointsOf(ring);
        if (points.size() > 1 && points.front() == points.back()) {
            points.pop_back();
        }
        return points;
    }

    geo::Ring pointsOf(const OGRSimpleCurve& ring) {
        geo::Ring points;
        const int count = ring.getNumPoints();
        points.reserve(static_cast<std::size_t>(std::max(count, 0)));
        for (int i = 0; i < count; ++i) {
            points.push_back(m_swapped ? geo::Point{ring.getY(i), ring.getX(i)}
                                       : geo::Point{ring.getX(i), ring.getY(i)});
            m_shape.hadHeights = m_shape.hadHeights || (ring.Is3D() != 0 && ring.getZ(i) != 0);
        }
        return points;
    }

    FeatureShape& m_shape;
    bool m_swapped;
};

} // namespace

FeatureShape shapeOf(const OGRGeometry& geometry, bool swapped) {
    FeatureShape shape;
    Collector collector(shape, swapped);
    if (geometry.hasCurveGeometry() != 0) {
        const std::unique_ptr<OGRGeometry> linear(geometry.getLinearGeometry());
        collector.collect(*linear);
        shape.hadCurves = geometry.hasCurveGeometry(TRUE) != 0;
    } else {
        collector.collect(geometry);
    }
    return shape;
}

} // namespace nunatak::exchange
