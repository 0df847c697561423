// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <QImage>
#include <QPolygonF>
#include <QWidget>

namespace nunatak::ui::marginalia {

/// The whole scene in a corner of the view, with a frame around what the view shows; a click or drag in it
/// moves the view there.
class OverviewMap : public QWidget {
    Q_OBJECT

public:
    explicit OverviewMap(QWidget* parent);

    /// Grid north up; `extent` is what it shows.
    void setPicture(const QImage& picture, const geo::Extent& extent);
    /// Corners of what the view shows on the ground, in map coordinates.
    void setFootprint(const std::vector<geo::Point>& corners);
    geo::Point toMap(QPointF position) const;
    QPointF toWidget(geo::Point map) const;
    /// Longer side of the picture, device-independent pixels.
    static constexpr int side = 168;

Q_SIGNALS:
    void placeChosen(nunatak::geo::Point map);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    QImage m_picture;
    geo::Extent m_extent;
    std::vector<geo::Point> m_footprint;
};

} // namespace nunatak::ui::marginalia
