// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editing/pointer_note.h"

#include <algorithm>
#include <chrono>

namespace nunatak::ui::editing {

namespace {

constexpr int away = 18; // pixels from the pointer, so that the line under it stays in view
constexpr std::chrono::milliseconds moment(3000);

} // namespace

PointerNote::PointerNote(QWidget& view) : QLabel(&view) {
    setObjectName(QStringLiteral("pointerNote"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setTextFormat(Qt::PlainText);
    setContentsMargins(7, 3, 7, 3);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &QWidget::hide);
    hide();
}

void PointerNote::say(const QString& words, Kind kind, QPointF pointer) {
    m_timer.stop();
    m_kind = kind;
    setText(words);
    setStyleSheet(
        kind == Kind::Refusal
            ? QStringLiteral("background: #b3261e; color: white; border-radius: 4px;")
            : QStringLiteral("background: rgba(16, 22, 30, 215); color: white; border-radius: 4px;"));
    adjustSize();
    const QSize room = parentWidget()->size();
    const QPoint place = pointer.toPoint() + QPoint(away, away);
    // At the right and the lower edge it goes to the pointer's other side.
    const int left = place.x() + width() <= room.width() ? place.x() : place.x() - width() - 2 * away;
    const int top = place.y() + height() <= room.height() ? place.y() : place.y() - height() - 2 * away;
    move(std::max(0, left), std::max(0, top));
    show();
    raise();
}

void PointerNote::sayBriefly(const QString& words, Kind kind, QPointF pointer) {
    say(words, kind, pointer);
    m_timer.start(moment);
}

} // namespace nunatak::ui::editing
