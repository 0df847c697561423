// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figure/map_frame.h"

#include "geo/paths.h"
#include "geo/rings.h"

#include <QPolygonF>

#include <cmath>
#include <numbers>

namespace nunatak::ui::figure {

namespace {

constexpr double pointRadius = 0.5; // of a point, whose line is as wide as it is

} // namespace

QPointF MapFrame::toPage(geo::Point map) const {
    const double h = heading * std::numbers::pi / 180;
    const double x = (map.x - middle.x) / metresPerUnit;
    const double y = (map.y - middle.y) / metresPerUnit;
    return rect.center() + QPointF(x * std::cos(h) - y * std::sin(h), -(x * std::sin(h) + y * std::cos(h)));
}

geo::Point MapFrame::toMap(QPointF page) const {
    const double h = heading * std::numbers::pi / 180;
    const double right = (page.x() - rect.center().x()) * metresPerUnit;
    const double up = (rect.center().y() - page.y()) * metresPerUnit;
    return {middle.x + right * std::cos(h) + up * std::sin(h),
            middle.y - right * std::sin(h) + up * std::cos(h)};
}

geo::Extent MapFrame::extent() const {
    geo::Extent extent;
    for (const auto& corner : {rect.topLeft(), rect.topRight(), rect.bottomLeft(), rect.bottomRight()}) {
        extent.include(toMap(corner));
    }
    return extent;
}

QPainterPath MapFrame::path(const geo::MultiPolygon& shape, double finest) const {
    QPainterPath path;
    const bool isPath = geo::isPath(shape);
    geo::forEachRing(shape, [&](const geo::Ring& ring, int, int) {
        QPolygonF line;
        for (const auto& vertex : ring) {
            const auto place = toPage(vertex);
            if (line.isEmpty() ||
                std::hypot(place.x() - line.last().x(), place.y() - line.last().y()) >= finest) {
                line << place;
            }
        }
        if (isPath && line.size() == 1) {
            path.addEllipse(line.front(), pointRadius, pointRadius);
            return;
        }
        path.addPolygon(line);
        if (!isPath) {
            path.closeSubpath();
        }
    });
    return path;
}

} // namespace nunatak::ui::figure
