// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/history_panel.h"

#include "ui/base/format.h"
#include "ui/base/owned.h"

#include <QDateTime>
#include <QEvent>
#include <QListWidget>
#include <QLocale>
#include <QVBoxLayout>

#include <algorithm>
#include <set>

namespace nunatak::ui::session {

namespace {

constexpr int TakenBackRole = Qt::UserRole;
// A list that people read; the whole history stays in the project.
constexpr std::size_t shownSteps = 200;

} // namespace

HistoryPanel::HistoryPanel(QWidget* parent) : QWidget(parent) {
    m_list = owned<QListWidget>(this);
    m_list->setObjectName(QStringLiteral("history"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setSelectionMode(QAbstractItemView::NoSelection);
    m_list->setWordWrap(true);
    auto* layout = owned<QVBoxLayout>(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_list);
}

void HistoryPanel::setHistory(const std::vector<project::HistoryStep>& steps) {
    // A step is gone when one that is not gone itself takes it back; an undo can be undone (that is a redo).
    std::set<std::int64_t> gone;
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
        if (step->undoes != 0 && gone.count(step->id) == 0) {
            gone.insert(step->undoes);
        }
    }
    m_list->clear();
    const auto count = std::min(steps.size(), shownSteps);
    for (std::size_t i = 0; i < count; ++i) {
        const auto& step = steps[steps.size() - 1 - i];
        auto* item = owned<QListWidgetItem>(text(step.description), m_list);
        const auto time = QDateTime::fromString(text(step.time), Qt::ISODate);
        item->setToolTip(time.isValid() ? QLocale().toString(time.toLocalTime(), QLocale::ShortFormat)
                                        : text(step.time));
        if (step.undoes != 0 || gone.count(step.id) != 0) {
            item->setForeground(palette().color(QPalette::PlaceholderText));
            item->setData(TakenBackRole, true);
        }
    }
}

void HistoryPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange && m_list != nullptr) {
        for (int row = 0; row < m_list->count(); ++row) {
            if (m_list->item(row)->data(TakenBackRole).toBool()) {
                m_list->item(row)->setForeground(palette().color(QPalette::PlaceholderText));
            }
        }
    }
    QWidget::changeEvent(event);
}

} // namespace nunatak::ui::session
