// SPDX-License-Identifier: GPL-3.0-or-later
// A mouse tells a thousand places a second; what a tool makes of one takes milliseconds, a picture more. All
// that came meanwhile are told to the tool as places passed, and it is asked what it proposes for the last.
#include "ui/viewport/viewport_moves.h"

#include "ui/viewport/viewport.h"
#include "ui/viewport/viewport_impl.h"

#include <QMetaObject>

#include <utility>

namespace nunatak::ui::viewport {

bool endsMove(QEvent::Type type) {
    switch (type) {
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonDblClick:
    case QEvent::TabletPress:
    case QEvent::Wheel:
    case QEvent::NativeGesture:
    case QEvent::ShortcutOverride:
    case QEvent::KeyPress:
    case QEvent::KeyRelease:
    case QEvent::FocusOut:
    case QEvent::Leave:
    case QEvent::Resize:
        return true;
    default:
        return false;
    }
}

void Viewport::Impl::await(const Move& now) {
    if (const auto before = std::exchange(move, now)) {
        pass(*before);
    } else {
        // Behind those that have come.
        QMetaObject::invokeMethod(
            &widget, [this] { takeMove(); }, Qt::QueuedConnection);
    }
}

void Viewport::Impl::pass(const Move& passed) {
    if (const auto place = eventAtOrLevel(spotAt(passed.position), passed.modifiers, drag->anchor.z)) {
        drag->gesture->pass(*place);
    }
}

void Viewport::Impl::takeMove() {
    const auto now = std::exchange(move, std::nullopt);
    if (!now || !drag) {
        return;
    }
    continueDrag(now->position, now->modifiers);
    hover(spotAt(now->position), now->modifiers);
}

void Viewport::takeMoves() {
    m_impl->takeMove();
}

} // namespace nunatak::ui::viewport
