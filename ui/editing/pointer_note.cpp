// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editing/pointer_note.h"

#include "ui/editing/edge_keeper.h"
#include "ui/editing/pointer_place.h"
#include "ui/viewport/clear_framing.h"

#include <chrono>

namespace nunatak::ui::editing {

namespace {

constexpr std::chrono::milliseconds moment(3000);

} // namespace

PointerNote::PointerNote(QWidget& view) : QLabel(&view) {
    setObjectName(QStringLiteral("pointerNote"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setTextFormat(Qt::PlainText);
    setContentsMargins(7, 3, 7, 3);
    constexpr int rank = 9; // it is where the pointer is
    EdgeKeeper::setGivesWay(*this, rank);
    setProperty(viewport::passing, true);
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
    placeBeside(*this, pointer);
    show();
    raise();
}

void PointerNote::sayBriefly(const QString& words, Kind kind, QPointF pointer) {
    say(words, kind, pointer);
    m_timer.start(moment);
}

} // namespace nunatak::ui::editing
