// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editing/open_cross.h"

#include <QLineF>
#include <QPainter>
#include <QPixmap>

#include <utility>

namespace nunatak::ui::editing {

namespace {

constexpr int size = 27;  // odd, so that it has a middle
constexpr double gap = 5; // from the middle to where an arm begins
constexpr double arm = 12;

} // namespace

QCursor openCross(double pixelRatio) {
    QPixmap picture(QSize(size, size) * pixelRatio);
    picture.setDevicePixelRatio(pixelRatio);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    const QPointF middle(size / 2.0, size / 2.0);
    // Dark around white is seen on snow and on rock.
    for (const auto& [color, width] :
         {std::pair(QColor(8, 14, 22), 3.0), std::pair(QColor(Qt::white), 1.0)}) {
        painter.setPen(QPen(color, width, Qt::SolidLine, Qt::FlatCap));
        for (const QPointF& direction : {QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)}) {
            painter.drawLine(QLineF(middle + gap * direction, middle + arm * direction));
        }
    }
    painter.end();
    return QCursor(picture, size / 2, size / 2);
}

} // namespace nunatak::ui::editing
