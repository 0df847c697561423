// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/marginalia/overview_map.h"
#include "ui/marginalia/plate.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace nunatak::ui::marginalia {

namespace {

constexpr int overviewFrame = 4; // pixels around the picture
constexpr double leastFrame = 5; // a view smaller than this is shown by a cross of this size

} // namespace

OverviewMap::OverviewMap(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("overviewMap"));
    setToolTip(tr("The whole scene; click or drag to move the view there (V hides it)"));
    setAccessibleName(tr("Overview map"));
    setCursor(Qt::PointingHandCursor);
}

void OverviewMap::setPicture(const QImage& picture, const geo::Extent& extent) {
    m_picture = picture;
    m_extent = extent;
    const double longer = std::max(extent.width(), extent.height());
    if (longer > 0) {
        resize(static_cast<int>(std::lround(side * extent.width() / longer)) + 2 * overviewFrame,
               static_cast<int>(std::lround(side * extent.height() / longer)) + 2 * overviewFrame);
    }
    update();
}

void OverviewMap::setFootprint(const std::vector<geo::Point>& corners) {
    if (corners != m_footprint) {
        m_footprint = corners;
        update();
    }
}

QPointF OverviewMap::toWidget(geo::Point map) const {
    const QRectF inside =
        QRectF(rect()).adjusted(overviewFrame, overviewFrame, -overviewFrame, -overviewFrame);
    return {inside.left() + (map.x - m_extent.xmin) / m_extent.width() * inside.width(),
            inside.top() + (m_extent.ymax - map.y) / m_extent.height() * inside.height()};
}

geo::Point OverviewMap::toMap(QPointF position) const {
    const QRectF inside =
        QRectF(rect()).adjusted(overviewFrame, overviewFrame, -overviewFrame, -overviewFrame);
    const double x = std::clamp((position.x() - inside.left()) / inside.width(), 0.0, 1.0);
    const double y = std::clamp((position.y() - inside.top()) / inside.height(), 0.0, 1.0);
    return {m_extent.xmin + x * m_extent.width(), m_extent.ymax - y * m_extent.height()};
}

void OverviewMap::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const Plate plate(palette());
    painter.setPen(plate.edge);
    painter.setBrush(plate.fill(225));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    const QRectF inside =
        QRectF(rect()).adjusted(overviewFrame, overviewFrame, -overviewFrame, -overviewFrame);
    painter.drawImage(inside, m_picture);
    painter.setClipRect(inside);
    QPolygonF shown;
    for (const auto& corner : m_footprint) {
        shown << toWidget(corner);
    }
    painter.setBrush(Qt::NoBrush);
    const auto size = shown.boundingRect().size();
    const auto draw = [&](const QPen& pen) {
        painter.setPen(pen);
        if (std::max(size.width(), size.height()) >= leastFrame) {
            painter.drawPolygon(shown);
        } else if (!shown.isEmpty()) {
            const auto middle = shown.boundingRect().center();
            painter.drawLine(middle - QPointF(leastFrame, 0), middle + QPointF(leastFrame, 0));
            painter.drawLine(middle - QPointF(0, leastFrame), middle + QPointF(0, leastFrame));
        }
    };
    draw(QPen(QColor(0x1d, 0x22, 0x28, 200), 3.5));
    draw(QPen(QColor(0xff, 0xd0, 0x3a), 1.7));
}

void OverviewMap::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) {
        Q_EMIT placeChosen(toMap(event->position()));
    }
}

void OverviewMap::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons().testFlag(Qt::LeftButton)) {
        Q_EMIT placeChosen(toMap(event->position()));
    }
}

} // namespace nunatak::ui::marginalia
