// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editing/tool_pill.h"

#include "ui/base/owned.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace nunatak::ui::editing {

ToolPill::ToolPill(QWidget& view)
    : QFrame(&view), m_row(owned<QHBoxLayout>(this)), m_subject(owned<QLabel>()),
      m_keeper(*this, EdgeKeeper::Edge::Top) {
    setObjectName(QStringLiteral("toolPill"));
    setStyleSheet(QStringLiteral("#toolPill { background: rgba(16, 22, 30, 205); border-radius: 9px; }"
                                 "#toolPill QLabel, #toolPill QToolButton { color: white; }"
                                 "#toolPill QToolButton { border: none; padding: 1px 6px; }"
                                 "#toolPill QToolButton:hover { background: rgba(255, 255, 255, 40); }"));
    m_subject->setObjectName(QStringLiteral("toolSubject"));
    m_subject->setTextFormat(Qt::PlainText);
    m_row->setContentsMargins(12, 4, 12, 4);
    m_row->addWidget(m_subject);
    hide();
}

void ToolPill::say(const QString& subject) {
    if (subject != m_subject->text()) {
        m_subject->setText(subject);
        m_subject->setVisible(!subject.isEmpty());
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
    for (const auto& option : m_options) {
        auto* button = owned<QToolButton>();
        const auto id = QString::fromLatin1(option.id);
        button->setObjectName(id + QStringLiteral("Option"));
        button->setToolTip(option.tip);
        button->setFocusPolicy(Qt::NoFocus); // keys stay the view's
        connect(button, &QToolButton::clicked, this, [this, id] { Q_EMIT pressed(id); });
        m_row->addWidget(button);
        button->show();
        m_buttons.push_back(button);
    }
    refresh();
}

void ToolPill::setChosen(const QString& option, int value) {
    for (std::size_t i = 0; i < m_options.size(); ++i) {
        if (QLatin1String(m_options[i].id) == option) {
            m_buttons[i]->setText(QStringLiteral("%1: %2 (%3)")
                                      .arg(m_options[i].text, m_options[i].values.value(value),
                                           m_options[i].key.toString(QKeySequence::NativeText)));
            refresh();
        }
    }
}

void ToolPill::refresh() {
    setVisible(!m_options.empty() || !m_subject->text().isEmpty());
    setAttribute(Qt::WA_TransparentForMouseEvents, m_options.empty()); // clicks are the ground's
    m_row->activate();
    m_keeper.place();
}

} // namespace nunatak::ui::editing
