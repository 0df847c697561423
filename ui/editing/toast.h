// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QPointF>
#include <QTimer>

#include <functional>
#include <optional>

class QLabel;
class QPushButton;

namespace nunatak::ui::editing {

/// A sentence with a button over the view: what was just done and a way back at its lower edge, or at the
/// pointer what is offered to the hand that is there; goes by itself, not while the pointer is on it.
class Toast : public QFrame {
    Q_OBJECT

public:
    explicit Toast(QWidget& view);

    /// `action` is what the button of this text does.
    void say(const QString& sentence, const QString& button, std::function<void()> action);
    /// The same beside the pointer; goes when the hand goes on in the view.
    void sayAt(QPointF pointer, const QString& sentence, const QString& button, std::function<void()> action);

    /// Says it when what stands there has gone; of several the last one. It was not waited for, and stands
    /// longer.
    void sayNext(const QString& sentence, const QString& button, std::function<void()> action);
    /// What stands there goes, and what would come next never does.
    void clear();
    /// What is about the last step goes.
    void withdraw();

protected:
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void show(const QString& sentence, const QString& button, std::function<void()> action);
    void place();
    void watch(QObject* child);
    /// Aside, or where that leaves no room above what it would cover.
    void climb();

    QLabel* m_sentence;
    QPushButton* m_button;
    std::function<void()> m_action;
    std::function<void()> m_next;     ///< says what comes when this one has gone; none: nothing does
    std::optional<QPointF> m_pointer; ///< beside which it stands; none: at the lower edge
    std::function<void()> m_offer;    ///< says what was offered last and is about no step
    bool m_stands = false;            ///< that stands there now
    QTimer m_timer;
};

} // namespace nunatak::ui::editing
