// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editing/open_cross.h"

#include <QGuiApplication>
#include <QLineF>
#include <QPainter>
#include <QPalette>
#include <QPixmap>

#include <utility>

namespace nunatak::ui::editing {

namespace {

constexpr int cross = 27; // odd, so that it has a middle
constexpr int plate = 20; // that the badge lies on
constexpr int icon = 16;
constexpr int size = cross + plate - 5;
constexpr double gap = 5; // from the middle to where an arm begins
constexpr double arm = 12;

} // namespace

QCursor openCross(const QIcon& badge, double pixelRatio) {
    QPixmap picture(QSize(size, size) * pixelRatio);
    picture.setDevicePixelRatio(pixelRatio);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    const QPointF middle(cross / 2.0, cross / 2.0);
    // Dark around white is seen on snow and on rock.
    for (const auto& [color, width] :
         {std::pair(QColor(8, 14, 22), 3.0), std::pair(QColor(Qt::white), 1.0)}) {
        painter.setPen(QPen(color, width, Qt::SolidLine, Qt::FlatCap));
        for (const QPointF& direction : {QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)}) {
            painter.drawLine(QLineF(middle + gap * direction, middle + arm * direction));
        }
    }
    if (!badge.isNull()) {
        // Icons are made for this colour.
        QColor ground = QGuiApplication::palette().color(QPalette::Window);
        ground.setAlpha(225);
        const QRect place(size - plate, size - plate, plate, plate);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(ground);
        painter.drawRoundedRect(place, 4, 4);
        badge.paint(&painter, QRect(place.topLeft() + QPoint(2, 2), QSize(icon, icon)));
    }
    painter.end();
    return QCursor(picture, cross / 2, cross / 2);
}

} // namespace nunatak::ui::editing
