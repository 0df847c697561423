// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <QPainterPath>
#include <QPointF>
#include <QRectF>

namespace nunatak::ui::figure {

/// Where a map seen straight from above lies on a page: from map coordinates to the page's and back. A plain
/// value.
struct MapFrame {
    QRectF rect;              ///< on the page
    geo::Point middle;        ///< of the map, under the middle of the rectangle
    double metresPerUnit = 1; ///< metres a unit of the page
    double heading = 0;       ///< degrees clockwise from the map's north that the page's up points to

    QPointF toPage(geo::Point map) const;
    geo::Point toMap(QPointF page) const;
    /// The map's smallest extent that holds all of the frame.
    geo::Extent extent() const;
    /// The rings of a shape as closed lines; vertices closer than `finest` units to the one before are left
    /// out.
    QPainterPath path(const geo::MultiPolygon& shape, double finest) const;
};

} // namespace nunatak::ui::figure
