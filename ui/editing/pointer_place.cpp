// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editing/pointer_place.h"

#include <QWidget>

#include <algorithm>

namespace nunatak::ui::editing {

namespace {

constexpr int away = 18;    // pixels from the pointer, so that the line under it stays in view
constexpr int farthest = 5; // times its height that a widget gives way

bool coversOther(const QWidget& widget, const QRect& place) {
    const auto others = widget.parentWidget()->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly);
    return std::any_of(others.begin(), others.end(), [&](const QWidget* other) {
        return other != &widget && other->isVisible() && other->geometry().intersects(place);
    });
}

} // namespace

void placeBeside(QWidget& widget, QPointF pointer) {
    const QRect room = widget.parentWidget()->rect();
    const QPoint at = pointer.toPoint();
    const int right = at.x() + away;
    const int left = at.x() - away - widget.width();
    const int below = at.y() + away;
    const int above = at.y() - away - widget.height();
    const int shifted = std::max(0, std::min(right, room.width() - widget.width())); // for a wide one
    QRect inside; // the first that is in the view
    for (int step = 0; step < farthest; ++step) {
        const int down = below + step * widget.height();
        const int up = above - step * widget.height();
        for (const QPoint corner : {QPoint(right, down), QPoint(left, down), QPoint(right, up),
                                    QPoint(left, up), QPoint(shifted, down), QPoint(shifted, up)}) {
            const QRect place(corner, widget.size());
            if (!room.contains(place)) {
                continue;
            }
            if (!coversOther(widget, place)) {
                widget.move(corner);
                return;
            }
            inside = inside.isNull() ? place : inside;
        }
    }
    const QPoint corner = inside.isNull() ? QPoint(right, below) : inside.topLeft();
    widget.move(std::max(0, std::min(corner.x(), room.width() - widget.width())),
                std::max(0, std::min(corner.y(), room.height() - widget.height())));
}

} // namespace nunatak::ui::editing
