// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/team/share_map.h"

#include "ui/base/format.h"

#include <QPainter>
#include <QPainterPath>
#include <QPalette>

#include <algorithm>
#include <array>
#include <utility>

namespace nunatak::ui::team {

QColor partColor(std::size_t part) {
    static const std::array<QColor, 7> colors{
        QColor(0, 114, 178),  QColor(230, 159, 0), QColor(0, 158, 115), QColor(204, 121, 167),
        QColor(86, 180, 233), QColor(213, 94, 0),  QColor(240, 228, 66)};
    return colors[part % colors.size()];
}

ShareMap::ShareMap(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("shareMap"));
    setMinimumSize(260, 220);
    setToolTip(tr("Whose glaciers lie where; north is up"));
}

void ShareMap::setPreview(SharePreview preview) {
    m_preview = std::move(preview);
    update();
}

void ShareMap::setChosen(int part) {
    m_chosen = part;
    update();
}

QSize ShareMap::sizeHint() const {
    return {380, 320};
}

void ShareMap::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    if (m_preview.parts.empty() || m_preview.extent.empty()) {
        return;
    }
    constexpr double margin = 16;
    const QRectF room = QRectF(rect()).adjusted(margin, margin, -margin, -margin);
    const geo::Extent& extent = m_preview.extent;
    const double scale = std::min(room.width() / std::max(extent.width(), 1.0),
                                  room.height() / std::max(extent.height(), 1.0));
    const auto place = [&, middle = extent.center()](const geo::Point& point) {
        return room.center() + QPointF(point.x - middle.x, middle.y - point.y) * scale;
    };
    for (std::size_t i = 0; i < m_preview.parts.size(); ++i) {
        QPainterPath path;
        path.setFillRule(Qt::WindingFill);
        for (const geo::Ring& ring : m_preview.parts[i].rings) {
            QPolygonF polygon;
            for (const geo::Point& point : ring) {
                polygon << place(point);
            }
            if (polygon.size() < 3) { // a glacier of less than a pixel
                path.addEllipse(polygon.front(), 1, 1);
            } else {
                path.addPolygon(polygon);
                path.closeSubpath();
            }
        }
        QColor color = partColor(i);
        const bool isPale = m_chosen >= 0 && static_cast<int>(i) != m_chosen;
        color.setAlphaF(isPale ? 0.25F : 0.85F);
        painter.fillPath(path, color);
        painter.strokePath(path, QPen(color.darker(130), 0.8));
    }
    QFont bold = font();
    bold.setBold(true);
    painter.setFont(bold);
    const QFontMetrics metrics(bold);
    for (std::size_t i = 0; i < m_preview.parts.size(); ++i) {
        const QString name = metrics.elidedText(text(m_preview.parts[i].name), Qt::ElideRight, 140);
        QRectF label(0, 0, metrics.horizontalAdvance(name) + 12, metrics.height() + 4);
        label.moveCenter(place(m_preview.parts[i].middle));
        painter.setPen(Qt::NoPen);
        QColor ground = palette().color(QPalette::Base);
        ground.setAlphaF(0.85F);
        painter.setBrush(ground);
        painter.drawRoundedRect(label, 4, 4);
        painter.setPen(palette().color(QPalette::Text));
        painter.drawText(label, Qt::AlignCenter, name);
    }
}

} // namespace nunatak::ui::team
