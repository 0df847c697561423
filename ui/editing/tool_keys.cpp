// SPDX-License-Identifier: GPL-3.0-or-later
// Keys and the wheel, as far as they are the tool's.
#include "ui/editing/pointer_note.h"
#include "ui/editing/tool_host.h"
#include "ui/viewport/viewport.h"

#include <QKeyEvent>
#include <QTimer>
#include <QWheelEvent>

#include <algorithm>
#include <map>
#include <utility>

namespace nunatak::ui::editing {

namespace {

constexpr int farther = 10; // times, with Shift

std::optional<QPoint> directionOf(int key) {
    static const std::map<int, QPoint> directions{
        {Qt::Key_Left, {-1, 0}}, {Qt::Key_Right, {1, 0}}, {Qt::Key_Up, {0, 1}}, {Qt::Key_Down, {0, -1}}};
    const auto found = directions.find(key);
    return found != directions.end() ? std::optional(found->second) : std::nullopt;
}

} // namespace

bool ToolHost::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
    case QEvent::ShortcutOverride: // what a key does is about where the pointer is
        m_view.takeMoves();
        break;
    case QEvent::KeyPress:
        m_view.takeMoves();
        if (pressKey(*static_cast<QKeyEvent*>(event))) {
            return true;
        }
        break;
    case QEvent::KeyRelease: {
        const auto& key = *static_cast<QKeyEvent*>(event);
        if (!key.isAutoRepeat() && directionOf(key.key())) {
            endNudge();
        }
        break;
    }
    case QEvent::Leave:
        light(std::nullopt); // what is done now is done elsewhere, not at it
        break;
    case QEvent::FocusOut:
        endNudge(); // the release goes to somebody else
        break;
    case QEvent::Wheel:
        m_view.takeMoves();
        if (turnWheel(*static_cast<QWheelEvent*>(event))) {
            return true;
        }
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

bool ToolHost::pressKey(const QKeyEvent& key) {
    if (key.key() == Qt::Key_Escape) {
        return !m_view.isDragging() && !m_view.isFlying() && back();
    }
    if (key.key() == Qt::Key_Tab || key.key() == Qt::Key_Backtab) { // also while Shift is held
        return turnLine();
    }
    // Alt and an arrow are the window's.
    if (m_view.isDragging() || key.modifiers().testFlag(Qt::AltModifier)) {
        return false;
    }
    if (const auto direction = directionOf(key.key())) {
        // What is not shown is not moved: the view is.
        return m_view.outlinesShown() &&
               nudge(key.modifiers().testFlag(Qt::ShiftModifier) ? *direction * farther : *direction);
    }
    if (key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter) {
        const auto proposal = m_tool->finish(m_scene);
        if (proposal) {
            end(*proposal, pointer());
        }
        return proposal.has_value() || beginTyping();
    }
    if (key.key() == Qt::Key_Backspace) {
        return pointBack();
    }
    return false;
}

bool ToolHost::pointBack() {
    const auto proposal = m_tool->pointBack(m_scene);
    if (proposal) {
        m_note->hide(); // of the line as it was
        perform(*proposal, m_current, pointer());
        stand();
        showPreview();
    }
    return proposal.has_value();
}

bool ToolHost::turnLine() {
    if (!m_tool->turn()) {
        return false; // the keyboard's way to the next widget
    }
    stand();
    showPreview();
    return true;
}

void ToolHost::showPreview() {
    if (!m_event) {
        return;
    }
    if (!m_gesture) {
        hover(*m_event);
    } else if (m_hasMoved) {
        drag(*m_event);
    }
}

void ToolHost::showPreviewSoon() {
    constexpr int soon = 30; // ms
    if (!std::exchange(m_isAwaiting, true)) {
        QTimer::singleShot(soon, this, [this] {
            m_isAwaiting = false;
            if (m_isPreviewing) {
                showPreview();
            }
        });
    }
}

bool ToolHost::nudge(QPoint direction) {
    const QPoint pixels = m_nudge.value_or(QPoint()) + direction;
    const auto proposal = m_tool->nudge(pixels, m_scene);
    if (!proposal) {
        return false;
    }
    m_nudge = pixels;
    show(*proposal, pointer());
    return true;
}

void ToolHost::endNudge() {
    const auto pixels = std::exchange(m_nudge, std::nullopt);
    const auto proposal = pixels ? m_tool->nudge(*pixels, m_scene) : std::nullopt;
    if (pixels) {
        m_note->hide();
    }
    if (proposal) {
        perform(*proposal, m_current, pointer());
    }
    if (pixels) {
        stand();
    }
}

void ToolHost::settle() {
    const auto pixels = std::exchange(m_nudge, std::nullopt);
    const auto proposal = pixels ? m_tool->nudge(*pixels, m_scene) : std::nullopt;
    if (pixels) {
        m_note->hide();
    }
    if (proposal && proposal->refusal.isEmpty() && proposal->edit) {
        nunatak::editing::Edit edit = *proposal->edit;
        edit.tool = m_current.toStdString();
        m_world.commit(edit);
    }
}

bool ToolHost::turnWheel(const QWheelEvent& wheel) {
    // Some systems turn it the other way round with Shift.
    const int turn = wheel.angleDelta().y() != 0 ? wheel.angleDelta().y() : wheel.angleDelta().x();
    if (!wheel.modifiers().testFlag(Qt::ShiftModifier) || turn == 0) {
        return false;
    }
    for (const auto& option : entry().options) {
        if (option.byWheel) {
            const int last = static_cast<int>(option.values.size()) - 1;
            choose(option, std::clamp(chosen(option) + (turn > 0 ? 1 : -1), 0, last));
            stand();
            return true;
        }
    }
    return false;
}

} // namespace nunatak::ui::editing
