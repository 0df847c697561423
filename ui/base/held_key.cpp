// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/held_key.h"

#include "ui/base/owned.h"

#include <QAction>
#include <QCoreApplication>
#include <QKeyEvent>

namespace nunatak::ui {

HeldKey::HeldKey(QAction& action) : QObject(&action), m_action(action) {
    m_action.setAutoRepeat(false);
    m_action.installEventFilter(this);
    m_action.parent()->installEventFilter(this);
    connect(&m_action, &QAction::enabledChanged, this, [this](bool enabled) {
        if (!enabled) {
            end(false);
        }
    });
}

void HeldKey::begin() {
    if (m_isHeld || m_action.shortcut().isEmpty()) {
        return;
    }
    m_isHeld = true;
    m_key = m_action.shortcut()[0].key();
    constexpr qint64 soon = 1000; // ms, also of a busy window
    m_pressedAt = m_askedKey == m_key && m_asked.isValid() && m_asked.elapsed() <= soon ? m_askedAt : 0;
    m_since.start();
    // Until then nobody pays for it.
    QCoreApplication::instance()->installEventFilter(this);
    Q_EMIT pressed();
}

void HeldKey::end(bool isTap) {
    if (!m_isHeld) {
        return;
    }
    m_isHeld = false;
    QCoreApplication::instance()->removeEventFilter(this);
    Q_EMIT released(isTap);
}

bool HeldKey::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
    case QEvent::ShortcutOverride:
        // The shortcut that comes of it says no time.
        if (watched == m_action.parent() && !m_isHeld) {
            m_askedKey = static_cast<QKeyEvent*>(event)->key();
            m_askedAt = static_cast<QKeyEvent*>(event)->timestamp();
            m_asked.start();
        }
        break;
    case QEvent::Shortcut:
        if (watched == &m_action) {
            begin();
            return true;
        }
        break;
    case QEvent::KeyRelease: {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (m_isHeld && key->key() == m_key && !key->isAutoRepeat()) {
            const bool isTold = m_pressedAt != 0 && key->timestamp() >= m_pressedAt;
            end((isTold ? static_cast<qint64>(key->timestamp() - m_pressedAt) : m_since.elapsed()) <=
                longestTap.count());
        }
        break;
    }
    case QEvent::WindowDeactivate:
        // Its release goes to somebody else. However short it was, nobody let go.
        if (watched == m_action.parent()) {
            end(false);
        }
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

void whileHeld(QAction& action, QObject& context, const std::function<void(bool)>& show,
               const std::function<void()>& tapped) {
    const auto* key = owned<HeldKey>(action);
    QObject::connect(key, &HeldKey::pressed, &context, [show] { show(true); });
    QObject::connect(key, &HeldKey::released, &context, [&action, show, tapped](bool isTap) {
        const bool wasShown = action.isChecked();
        show(false);
        if (isTap && wasShown && tapped) {
            tapped();
        }
    });
    QObject::connect(&action, &QAction::triggered, &context, show);
}

} // namespace nunatak::ui
