// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editing/edge_keeper.h"

#include <QChildEvent>
#include <QEvent>
#include <QWidget>

#include <algorithm>
#include <utility>

namespace nunatak::ui::editing {

namespace {

constexpr int margin = 10; // from the view's edge
constexpr int gap = 8;     // from what else stands there
constexpr int least = 260; // of a row that a sentence is readable in
constexpr auto givesWay = "givesWay";
/// True of what belongs into the upper left corner, also where something else has it stand lower.
constexpr auto ofCorner = "ofCorner";

/// What a widget of this rank makes room for.
QList<QWidget*> standing(const QWidget& view, int rank) {
    QList<QWidget*> found;
    for (auto* child : view.findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly)) {
        if (child->isVisible() && child->property(givesWay).toInt() < rank) {
            found << child;
        }
    }
    return found;
}

} // namespace

EdgeKeeper::EdgeKeeper(QWidget& kept, Edge edge) : QObject(&kept), m_kept(kept), m_edge(edge) {
    setGivesWay(kept);
    auto* view = kept.parentWidget();
    view->installEventFilter(this);
    for (auto* child : view->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly)) {
        watch(child);
    }
}

void EdgeKeeper::setGivesWay(QWidget& widget, int rank) {
    widget.setProperty(givesWay, rank);
}

void EdgeKeeper::watch(QObject* child) {
    if (child != &m_kept && child->isWidgetType()) {
        child->installEventFilter(this);
    }
}

QRect EdgeKeeper::freeRow(const QWidget& view, int top, int height, int rank) {
    QRect row(margin, top, view.width() - 2 * margin, height);
    for (const auto* other : standing(view, rank)) {
        const QRect taken = other->geometry();
        if (!taken.intersects(QRect(0, top, view.width(), height))) {
            continue;
        }
        if (taken.center().x() < view.width() / 2) {
            row.setLeft(std::max(row.left(), taken.right() + gap));
        } else {
            row.setRight(std::min(row.right(), taken.left() - gap));
        }
    }
    return row;
}

int EdgeKeeper::belowCorner(const QWidget& view) {
    int top = margin;
    for (const auto* other : standing(view, 1)) {
        const QRect taken = other->geometry();
        const bool isThere = taken.left() <= 2 * margin && taken.top() <= 2 * margin;
        if (isThere || other->property(ofCorner).toBool()) {
            top = std::max(top, taken.bottom() + gap);
        }
    }
    return top;
}

int EdgeKeeper::room() const {
    const auto* view = m_kept.parentWidget();
    const int height = m_kept.sizeHint().height();
    const int top = m_edge == Edge::Top ? belowCorner(*view) : view->height() - margin - height;
    return freeRow(*view, top, height).width();
}

void EdgeKeeper::place() {
    const auto* view = m_kept.parentWidget();
    const QSize wanted = m_kept.sizeHint();
    const bool isTop = m_edge == Edge::Top;
    int top = isTop ? belowCorner(*view) : view->height() - margin - wanted.height();
    QRect row = freeRow(*view, top, wanted.height());
    // A hint may take more lines; what Delete would take stands in one.
    // No row is wider than the view; what is wider than that is cut rather than laid over something.
    const int needed = std::min(wanted.width(), isTop ? view->width() - 2 * margin : least);
    while (row.width() < needed) {
        // Beyond the nearest of those that take this row.
        int beyond = isTop ? view->height() : 0;
        for (const auto* other : standing(*view, 1)) {
            const QRect taken = other->geometry();
            if (taken.intersects(QRect(0, top, view->width(), wanted.height()))) {
                beyond = isTop ? std::min(beyond, taken.bottom() + gap)
                               : std::max(beyond, taken.top() - gap - wanted.height());
            }
        }
        if (beyond <= 0 || beyond + wanted.height() >= view->height()) {
            row = QRect(margin, isTop ? margin : view->height() - margin - wanted.height(),
                        view->width() - 2 * margin, wanted.height());
            break;
        }
        top = beyond;
        row = freeRow(*view, top, wanted.height());
    }
    int width = std::min(wanted.width(), row.width());
    if (width < wanted.width() && m_kept.hasHeightForWidth()) {
        const int height = m_kept.heightForWidth(width);
        row = freeRow(*view, isTop ? row.top() : row.bottom() + 1 - height, height);
        width = std::min(width, row.width());
    }
    const int middle = view->width() / 2 - width / 2;
    const int clear = std::clamp(middle, row.left(), std::max(row.left(), row.right() + 1 - width));
    m_kept.setGeometry(isTop ? row.left() : clear, row.top(), width, row.height());
}

void EdgeKeeper::placeSoon() {
    if (!std::exchange(m_isComing, true)) {
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_isComing = false;
                if (m_kept.isVisible()) {
                    place();
                }
            },
            Qt::QueuedConnection);
    }
}

bool EdgeKeeper::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
    case QEvent::ChildAdded:
        if (watched == m_kept.parentWidget()) {
            watch(static_cast<QChildEvent*>(event)->child());
        }
        break;
    case QEvent::Resize:
    case QEvent::Move:
    case QEvent::Show:
    case QEvent::Hide:
        if (watched == m_kept.parentWidget()) {
            placeSoon(); // once the others have found their places
        } else if (!watched->property(givesWay).toBool() && m_kept.isVisible()) {
            place(); // before a frame shows one over the other
        }
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace nunatak::ui::editing
