// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewport/loupe_glass.h"

#include <QBrush>
#include <QPainter>
#include <QPen>

namespace nunatak::ui::viewport {

LoupeGlass::LoupeGlass(QWidget& view, int side) : QWidget(&view) {
    setObjectName(QStringLiteral("loupeGlass"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setProperty("givesWay", 9); // what stands over the view does not make room for it
    resize(side, side);
    hide();
}

void LoupeGlass::show(const QImage& picture, QPointF place) {
    m_picture = picture;
    move((place - QPointF(width(), height()) / 2).toPoint());
    QWidget::show();
    raise();
    update();
}

void LoupeGlass::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF round = QRectF(rect()).adjusted(3, 3, -3, -3);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QBrush(m_picture));
    painter.drawEllipse(round);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(16, 22, 30, 220), 5));
    painter.drawEllipse(round);
    painter.setPen(QPen(Qt::white, 2));
    painter.drawEllipse(round);
}

} // namespace nunatak::ui::viewport
