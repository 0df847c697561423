// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editing/toast.h"

#include "ui/base/owned.h"
#include "ui/editing/edge_keeper.h"
#include "ui/editing/pointer_place.h"
#include "ui/viewport/clear_framing.h"

#include <QChildEvent>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <algorithm>
#include <chrono>
#include <utility>

namespace nunatak::ui::editing {

namespace {

constexpr std::chrono::milliseconds shownFor(8000);
constexpr std::chrono::milliseconds standsFor(30000); ///< what nobody waited for
constexpr int rank = 2;                               // hints and pills do not make room for it
constexpr int margin = 64;                            // above what stands at the view's lower edge

} // namespace

Toast::Toast(QWidget& view) : QFrame(&view), m_sentence(owned<QLabel>()), m_button(owned<QPushButton>()) {
    setObjectName(QStringLiteral("toast"));
    setStyleSheet(QStringLiteral("#toast { background: rgba(16, 22, 30, 225); border-radius: 6px; }"
                                 "#toast QLabel { color: white; }"));
    m_sentence->setObjectName(QStringLiteral("toastSentence"));
    m_sentence->setTextFormat(Qt::PlainText);
    m_button->setObjectName(QStringLiteral("toastButton"));
    m_button->setFocusPolicy(Qt::NoFocus); // keys stay the view's
    auto* line = owned<QHBoxLayout>(this);
    line->setContentsMargins(12, 6, 8, 6);
    line->addWidget(m_sentence);
    line->addWidget(m_button);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &QWidget::hide);
    connect(m_button, &QPushButton::clicked, this, [this] {
        m_stands = false;
        hide();
        if (m_action) {
            m_action();
        }
    });
    EdgeKeeper::setGivesWay(*this, rank);
    setProperty(viewport::passing, true);
    view.installEventFilter(this);
    for (auto* child : view.findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly)) {
        watch(child);
    }
    hide();
}

void Toast::say(const QString& sentence, const QString& button, std::function<void()> action) {
    if (m_stands && isVisible() && !m_next) {
        m_next = m_offer; // it comes back
    }
    m_pointer.reset();
    m_stands = false;
    show(sentence, button, std::move(action));
}

void Toast::sayAt(QPointF pointer, const QString& sentence, const QString& button,
                  std::function<void()> action) {
    m_pointer = pointer;
    m_stands = false;
    show(sentence, button, std::move(action));
}

void Toast::sayNext(const QString& sentence, const QString& button, std::function<void()> action) {
    const auto now = [this, sentence, button, action = std::move(action)] {
        m_pointer.reset();
        m_stands = true;
        show(sentence, button, action);
    };
    m_offer = now;
    if (isVisible()) {
        m_next = now;
    } else {
        now();
    }
}

void Toast::withdraw() {
    if (!m_stands) {
        hide();
    }
}

void Toast::enterEvent(QEnterEvent* event) {
    m_timer.stop();
    QFrame::enterEvent(event);
}

void Toast::leaveEvent(QEvent* event) {
    if (isVisible()) {
        m_timer.start(shownFor);
    }
    QFrame::leaveEvent(event);
}

void Toast::clear() {
    m_next = {};
    hide();
}

void Toast::hideEvent(QHideEvent* event) {
    QFrame::hideEvent(event);
    if (m_next && isHidden()) { // else the view is hidden, and this with it
        // Whoever hid it may be about to say something else.
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (!isVisible() && m_next) {
                    std::exchange(m_next, {})();
                }
            },
            Qt::QueuedConnection);
    }
}

void Toast::show(const QString& sentence, const QString& button, std::function<void()> action) {
    m_sentence->setText(sentence);
    m_button->setText(button);
    m_action = std::move(action);
    m_sentence->setWordWrap(false);
    m_sentence->setMinimumWidth(0);
    m_sentence->setMaximumWidth(QWIDGETSIZE_MAX);
    adjustSize();
    const int room = parentWidget()->width() - margin;
    if (const int around = width() - m_sentence->sizeHint().width(); width() > room) {
        m_sentence->setWordWrap(true);
        m_sentence->setFixedWidth(room - around);
        adjustSize();
    }
    place();
    QFrame::show();
    raise();
    m_timer.start(m_stands ? standsFor : shownFor);
}

void Toast::place() {
    if (m_pointer) {
        placeBeside(*this, *m_pointer);
        return;
    }
    const QSize room = parentWidget()->size();
    move((room.width() - width()) / 2, room.height() - height() - margin);
    climb();
    // What was done may have brought a legend, which comes after this.
    QMetaObject::invokeMethod(this, &Toast::climb, Qt::QueuedConnection);
}

void Toast::climb() {
    if (m_pointer) {
        return; // meanwhile it stands beside the hand
    }
    const auto& view = *parentWidget();
    for (int top = view.height() - height() - margin; top > 0; top -= height()) {
        const QRect row = EdgeKeeper::freeRow(view, top, height(), rank);
        if (row.width() >= width()) {
            const int middle = (view.width() - width()) / 2;
            move(std::clamp(middle, row.left(), row.right() + 1 - width()), top);
            return;
        }
    }
}

void Toast::watch(QObject* child) {
    if (child != this && child->isWidgetType()) {
        child->installEventFilter(this);
    }
}

bool Toast::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::ChildAdded && watched == parentWidget()) {
        watch(static_cast<QChildEvent*>(event)->child());
    }
    if (watched != parentWidget()) {
        // Hints and legends come, go and grow while it stands.
        const auto type = event->type();
        if (isVisible() && (type == QEvent::Resize || type == QEvent::Move || type == QEvent::Show)) {
            QMetaObject::invokeMethod(this, &Toast::climb, Qt::QueuedConnection);
        }
        return false;
    }
    if (event->type() == QEvent::Resize && isVisible()) {
        place();
    }
    if (m_pointer && (event->type() == QEvent::MouseButtonPress || event->type() == QEvent::Wheel)) {
        hide(); // what it stood beside is elsewhere then
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace nunatak::ui::editing
