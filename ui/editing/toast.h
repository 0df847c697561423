// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QTimer>

#include <functional>

class QLabel;
class QPushButton;

namespace nunatak::ui::editing {

/// A sentence at the lower edge of the view with a button, such as what was just done and a way back; goes by
/// itself.
class Toast : public QFrame {
    Q_OBJECT

public:
    explicit Toast(QWidget& view);

    /// `action` is what the button of this text does.
    void say(const QString& sentence, const QString& button, std::function<void()> action);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();
    /// Above what it would cover.
    void climb();

    QLabel* m_sentence;
    QPushButton* m_button;
    std::function<void()> m_action;
    QTimer m_timer;
};

} // namespace nunatak::ui::editing
