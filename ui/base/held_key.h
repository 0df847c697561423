// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>

#include <chrono>
#include <functional>

class QAction;

namespace nunatak::ui {

/// A key that does something while it is held: it begins with the shortcut of an action and ends with the
/// release of that key, wherever the release goes, or when the window loses the keyboard. That the key
/// repeats itself is no press. How long it was held is what the events say, so that a window which is busy
/// meanwhile makes no hold of a tap. The action is not triggered by the key any more, only by its menu.
class HeldKey : public QObject {
    Q_OBJECT

public:
    /// Tells a tap from a hold.
    static constexpr std::chrono::milliseconds longestTap{300};

    /// Of an action of a window, which owns this.
    explicit HeldKey(QAction& action);

    bool isHeld() const { return m_isHeld; }

Q_SIGNALS:
    void pressed();
    /// `isTap`: the key was let go at once.
    void released(bool isTap);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void begin();
    void end(bool isTap);

    QAction& m_action;
    bool m_isHeld = false;
    int m_key = 0;           ///< that is held
    quint64 m_pressedAt = 0; ///< by the event's own clock; 0: it says none
    QElapsedTimer m_since;
    int m_askedKey = 0;    ///< the last one of which was asked whether it is a shortcut
    quint64 m_askedAt = 0; ///< when, by the same clock
    QElapsedTimer m_asked; ///< since then: the shortcut comes next, or another widget took the key
};

/// What a key shows while it is held; by the menu it stays until it is chosen again. Whoever taps has seen
/// next to nothing of it: `tapped`, where it was shown. Until `context` is gone.
void whileHeld(QAction& action, QObject& context, const std::function<void(bool)>& show,
               const std::function<void()>& tapped = {});

} // namespace nunatak::ui
