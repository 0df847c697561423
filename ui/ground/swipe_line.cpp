// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ground/swipe_line.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace nunatak::ui::ground {

namespace {

constexpr int reach = 25; // pixels that can be grasped
constexpr double keyStep = 0.02;
constexpr double edge = 0.02; // the line never leaves the view

} // namespace

SwipeLine::SwipeLine(QWidget* view) : QWidget(view) {
    setObjectName(QStringLiteral("swipeLine"));
    setCursor(Qt::SplitHCursor);
    setFocusPolicy(Qt::StrongFocus);
    setProperty("givesWay", 9); // it crosses the whole view: nothing can make room for it
    setToolTip(tr("Drag, or press the arrow keys, to move the line between both scenes"));
    view->installEventFilter(this);
    hide();
    place();
}

void SwipeLine::setShare(double share) {
    m_share = std::clamp(share, edge, 1 - edge);
    place();
}

void SwipeLine::place() {
    const int middle = static_cast<int>(std::lround(m_share * parentWidget()->width()));
    setGeometry(middle - reach / 2, 0, reach, parentWidget()->height());
}

void SwipeLine::moveTo(double share) {
    setShare(share);
    Q_EMIT moved(m_share);
}

void SwipeLine::mousePressEvent(QMouseEvent* event) {
    event->setAccepted(event->button() == Qt::LeftButton);
}

void SwipeLine::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons().testFlag(Qt::LeftButton)) {
        moveTo(mapTo(parentWidget(), event->position()).x() / std::max(1, parentWidget()->width()));
    }
}

void SwipeLine::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right) {
        moveTo(m_share + (event->key() == Qt::Key_Left ? -keyStep : keyStep));
    } else {
        QWidget::keyPressEvent(event);
    }
}

bool SwipeLine::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize) {
        place();
    }
    return QWidget::eventFilter(watched, event);
}

void SwipeLine::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double middle = reach / 2.0;
    painter.setPen(QPen(QColor(10, 16, 24, 150), 4));
    painter.drawLine(QPointF(middle, 0), QPointF(middle, height()));
    painter.setPen(QPen(Qt::white, 2));
    painter.drawLine(QPointF(middle, 0), QPointF(middle, height()));
    const QPointF grip(middle, height() / 2.0);
    painter.setPen(QPen(QColor(10, 16, 24, 150), 1));
    painter.setBrush(Qt::white);
    painter.drawEllipse(grip, 11.5, 11.5);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(60, 70, 80));
    for (const double side : {-1.0, 1.0}) {
        const QPolygonF arrow{grip + QPointF(side * 7.5, 0), grip + QPointF(side * 2.5, -4),
                              grip + QPointF(side * 2.5, 4)};
        painter.drawPolygon(arrow);
    }
}

} // namespace nunatak::ui::ground
