// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editing/tool_pill.h"

#include "ui/base/owned.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace nunatak::ui::editing {

namespace {

constexpr int margin = 10; // of the view, on either side

} // namespace

ToolPill::ToolPill(QWidget& view)
    : QFrame(&view), m_row(owned<QHBoxLayout>()), m_subject(owned<QLabel>()), m_areas(owned<QLabel>()),
      m_place(owned<QToolButton>()), m_field(owned<QLineEdit>()), m_keeper(*this, EdgeKeeper::Edge::Top) {
    setObjectName(QStringLiteral("toolPill"));
    setStyleSheet(QStringLiteral("#toolPill { background: rgba(16, 22, 30, 205); border-radius: 9px; }"
                                 "#toolPill QLabel, #toolPill QToolButton { color: white; }"
                                 "#toolPill QToolButton { border: none; padding: 1px 6px; }"
                                 "#toolPill QToolButton:hover { background: rgba(255, 255, 255, 40); }"));
    m_subject->setObjectName(QStringLiteral("toolSubject"));
    m_subject->setTextFormat(Qt::PlainText);
    m_areas->setObjectName(QStringLiteral("toolAreas"));
    m_areas->setTextFormat(Qt::PlainText);
    m_areas->hide();
    auto* column = owned<QVBoxLayout>(this);
    column->setContentsMargins(12, 4, 12, 4);
    column->setSpacing(2);
    column->addLayout(m_row);
    column->addWidget(m_areas);
    m_row->addWidget(m_subject);
    m_place->setObjectName(QStringLiteral("vertexPlace"));
    m_place->setFocusPolicy(Qt::NoFocus); // keys stay the view's
    m_field->setObjectName(QStringLiteral("vertexPlaceField"));
    constexpr int letters = 34; // of degrees, minutes and seconds
    m_field->setMinimumWidth(m_field->fontMetrics().averageCharWidth() * letters);
    m_field->installEventFilter(this);
    for (QWidget* part : {static_cast<QWidget*>(m_place), static_cast<QWidget*>(m_field)}) {
        m_row->addWidget(part);
        part->hide();
    }
    connect(m_place, &QToolButton::clicked, this, &ToolPill::typingWanted);
    view.installEventFilter(this);
    hide();
}

void ToolPill::say(const QString& subject) {
    if (subject != m_words) {
        m_words = subject;
        m_subject->setText(subject);
        m_subject->setAccessibleName(subject); // which is whole where the label has no room for it
        m_subject->setVisible(!subject.isEmpty());
        refresh();
    }
}

void ToolPill::showAreas(const QString& areas) {
    if (areas != m_areas->text()) {
        m_areas->setText(areas);
        m_areas->setVisible(!areas.isEmpty());
        refresh();
    }
}

void ToolPill::setOptions(const std::vector<tools::Option>& options) {
    for (auto* button : m_buttons) {
        button->hide();
        button->deleteLater();
    }
    m_buttons.clear();
    m_options = options;
    m_values.assign(options.size(), {});
    for (const auto& option : m_options) {
        auto* button = owned<QToolButton>();
        const auto id = QString::fromLatin1(option.id);
        button->setObjectName(id + QStringLiteral("Option"));
        QStringList tip{option.tip};
        tip += option.tips;
        button->setToolTip(tip.join(QLatin1Char('\n')));
        button->setFocusPolicy(Qt::NoFocus); // keys stay the view's
        connect(button, &QToolButton::clicked, this, [this, id] { Q_EMIT pressed(id); });
        m_row->addWidget(button);
        button->setVisible(m_hasOptions);
        m_buttons.push_back(button);
    }
    refresh();
}

void ToolPill::setChosen(const QString& option, int value) {
    for (std::size_t i = 0; i < m_options.size(); ++i) {
        if (QLatin1String(m_options[i].id) == option) {
            m_values[i] = m_options[i].values.value(value);
            refresh();
        }
    }
}

void ToolPill::setOptionsShown(bool shown) {
    if (shown != m_hasOptions) {
        m_hasOptions = shown;
        for (auto* button : m_buttons) {
            button->setVisible(shown);
        }
        refresh();
    }
}

void ToolPill::showPlace(const QString& place, const QString& tip) {
    m_place->setToolTip(tip);
    if (place.isEmpty()) {
        endTyping();
    }
    const QString text = place.isEmpty() ? QString() : tr("%1 (Enter)").arg(place);
    if (text != m_place->text()) {
        m_place->setText(text);
        m_place->setVisible(!place.isEmpty() && m_field->isHidden());
        refresh();
    }
}

void ToolPill::type(const QString& text) {
    m_field->setText(text);
    m_place->hide();
    m_field->show();
    refresh();
    m_field->selectAll();
    m_field->setFocus();
}

void ToolPill::endTyping() {
    if (m_field->isHidden()) {
        return;
    }
    m_field->hide();
    m_place->setVisible(!m_place->text().isEmpty());
    refresh();
    Q_EMIT typingLeft();
}

bool ToolPill::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parentWidget()) {
        if (event->type() == QEvent::Resize && isVisible()) {
            refresh();
        }
        return false;
    }
    // Its letters are no shortcuts of the window.
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept();
        return true;
    }
    if (event->type() == QEvent::FocusOut) {
        endTyping();
    }
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Escape) {
            endTyping();
            return true;
        }
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            Q_EMIT typed(m_field->text());
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void ToolPill::keyPressEvent(QKeyEvent* event) {
    event->accept(); // what the field has no use for is none of the view's either
}

void ToolPill::refresh() {
    const bool hasOptions = m_hasOptions && !m_options.empty();
    const bool hasPlace = !m_place->text().isEmpty();
    setVisible(hasOptions || hasPlace || !m_words.isEmpty() || !m_areas->text().isEmpty());
    setAttribute(Qt::WA_TransparentForMouseEvents, !hasOptions && !hasPlace); // clicks are the ground's
    fit();
    layout()->activate();
    m_keeper.place();
}

void ToolPill::fit() {
    // Beside what stands in that row, so that it stays where it is from tool to tool; what has no room there
    // goes below, where it has the whole view. Where that is too narrow a name is cut in its middle before
    // options are without their names, and both before anything is cut off.
    struct Way {
        bool isShort;
        double subject; // how much of it is shown at least
    };
    constexpr std::array<Way, 4> ways{{{false, 1}, {false, 0.55}, {true, 1}, {true, 0.3}}};
    const int inView = parentWidget()->width() - 2 * margin;
    if (fits(std::min(m_keeper.room(), inView), false, 1)) {
        return;
    }
    for (const Way& way : ways) {
        if (fits(inView, way.isShort, way.subject)) {
            return;
        }
    }
}

bool ToolPill::fits(int room, bool isShort, double subject) {
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        const QString key = m_options[i].key.toString(QKeySequence::NativeText);
        m_buttons[i]->setText(isShort
                                  ? QStringLiteral("%1 (%2)").arg(m_values[i], key)
                                  : QStringLiteral("%1: %2 (%3)").arg(m_options[i].text, m_values[i], key));
    }
    m_subject->setText(m_words);
    m_row->invalidate();
    layout()->invalidate(); // which keeps what the row was
    const int beyond = sizeHint().width() - room;
    if (beyond <= 0) {
        return true;
    }
    const int whole = m_subject->sizeHint().width();
    if (whole - beyond < static_cast<int>(whole * subject)) {
        return false;
    }
    m_subject->setText(m_subject->fontMetrics().elidedText(m_words, Qt::ElideMiddle, whole - beyond));
    m_row->invalidate();
    layout()->invalidate(); // which keeps what the row was
    return sizeHint().width() <= room;
}

} // namespace nunatak::ui::editing
