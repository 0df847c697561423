// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/team/conflict_list.h"

#include "ui/base/format.h"
#include "ui/base/owned.h"
#include "ui/session/history_panel.h"

#include <QHeaderView>
#include <QScopedValueRollback>

#include <algorithm>
#include <utility>

namespace nunatak::ui::team {

using project::Choice;
using project::JoinConflict;

namespace {

enum Column { Glacier, Mine, Theirs, ColumnCount };

/// Who did it last, when, and in which project: "Theo · 14:02:11 · alps-2.gpkg".
QString whose(const std::string& file, project::HistoryStep last) {
    QStringList parts;
    if (!last.analyst.empty()) {
        parts << text(last.analyst);
    }
    if (last.id != 0) {
        last.analyst.clear();
        parts << session::whenText(last);
    }
    parts << text(file);
    return parts.join(QStringLiteral(" \u00b7 "));
}

/// "outline", "review" and so on as a heading says it; attributes keep their names.
QString heading(const std::string& what) {
    QString words = text(what);
    if (what == "outline" || what == "review" || what == "date" || what == "name" || what == "glacier") {
        words[0] = words[0].toUpper();
    }
    return words;
}

QString kindOf(const JoinConflict& conflict) {
    QStringList kinds;
    for (const auto& disagreement : conflict.disagreements) {
        kinds << text(disagreement.what);
    }
    return kinds.join(QStringLiteral(", "));
}

} // namespace

ConflictList::ConflictList(QWidget* parent) : QTreeWidget(parent) {
    setObjectName(QStringLiteral("joinConflicts"));
    setHeaderLabels({tr("Glacier"), tr("Mine"), tr("Theirs")});
    setUniformRowHeights(true);
    setIndentation(14);
    setTextElideMode(Qt::ElideRight);
    header()->setStretchLastSection(false);
    for (const int column : {Glacier, Mine, Theirs}) {
        header()->setSectionResizeMode(column, QHeaderView::Stretch);
    }
    connect(this, &QTreeWidget::itemChanged, this, &ConflictList::follow);
    connect(this, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem* item) {
        const auto* row = rowOf(item);
        Q_EMIT chosen(row == nullptr ? nullptr : &m_conflicts[row->data(Glacier, Qt::UserRole).toUInt()]);
    });
}

QTreeWidgetItem* ConflictList::rowOf(QTreeWidgetItem* item) {
    return item != nullptr && item->parent() != nullptr ? item->parent() : item;
}

void ConflictList::setConflicts(std::vector<JoinConflict> conflicts) {
    const auto known = decisions();
    m_conflicts.clear();
    {
        const QSignalBlocker quiet(this);
        clear();
        m_conflicts = std::move(conflicts);
        for (std::size_t i = 0; i < m_conflicts.size(); ++i) {
            const auto decision = known.find(m_conflicts[i].key());
            m_conflicts[i].choice = decision == known.end() ? Choice::Undecided : decision->second;
            addRow(i);
        }
    }
    Q_EMIT decided();
    if (m_conflicts.empty()) {
        Q_EMIT chosen(nullptr);
    } else {
        setCurrentItem(topLevelItem(0));
    }
}

void ConflictList::addRow(std::size_t number) {
    const JoinConflict& conflict = m_conflicts[number];
    auto* row =
        owned<QTreeWidgetItem>(this, QStringList{text(conflict.name), whose(conflict.ours, conflict.lastHere),
                                                 whose(conflict.source, conflict.lastThere)});
    row->setData(Glacier, Qt::UserRole, static_cast<uint>(number));
    QFont bold = font();
    bold.setBold(true);
    row->setFont(Glacier, bold);
    row->setToolTip(Glacier, tr("%1: %2").arg(text(conflict.name), kindOf(conflict)));
    row->setToolTip(Mine, row->text(Mine) + QLatin1Char('\n') + text(conflict.lastHere.description));
    row->setToolTip(Theirs, row->text(Theirs) + QLatin1Char('\n') + text(conflict.lastThere.description));
    const auto add = [row](const QString& what, const QString& here, const QString& there) {
        auto* below = owned<QTreeWidgetItem>(row, QStringList{what, here, there});
        for (int column = 0; column < ColumnCount; ++column) {
            below->setToolTip(column, below->text(column));
        }
    };
    for (const auto& disagreement : conflict.disagreements) {
        add(heading(disagreement.what), text(disagreement.here), text(disagreement.there));
    }
    if (!conflict.along.empty()) {
        add(tr("Goes with it"), tr("stays as it is"),
            tr("%n more outline(s) of this ground", nullptr, static_cast<int>(conflict.along.size())));
    }
    row->setExpanded(true);
    show(row, conflict.choice);
}

void ConflictList::show(QTreeWidgetItem* item, Choice choice) {
    const QScopedValueRollback showing(m_isShowing, true);
    item->setCheckState(Mine, choice == Choice::Here ? Qt::Checked : Qt::Unchecked);
    item->setCheckState(Theirs, choice == Choice::There ? Qt::Checked : Qt::Unchecked);
}

void ConflictList::follow(QTreeWidgetItem* item, int column) {
    if (m_isShowing || item->parent() != nullptr || (column != Mine && column != Theirs)) {
        return;
    }
    JoinConflict& conflict = m_conflicts[item->data(Glacier, Qt::UserRole).toUInt()];
    conflict.choice = item->checkState(column) != Qt::Checked ? Choice::Undecided
                      : column == Mine                        ? Choice::Here
                                                              : Choice::There;
    show(item, conflict.choice);
    Q_EMIT decided();
}

void ConflictList::decideAll(project::Prefer prefer) {
    for (int i = 0; i < topLevelItemCount(); ++i) {
        auto* row = topLevelItem(i);
        JoinConflict& conflict = m_conflicts[row->data(Glacier, Qt::UserRole).toUInt()];
        switch (prefer) {
        case project::Prefer::Nobody:
            conflict.choice = Choice::Undecided;
            break;
        case project::Prefer::Here:
            conflict.choice = Choice::Here;
            break;
        case project::Prefer::There:
            conflict.choice = Choice::There;
            break;
        case project::Prefer::Newer:
            // Where that is not known, what was ticked before stays.
            if (const Choice newer = conflict.newer(); newer != Choice::Undecided) {
                conflict.choice = newer;
            }
            break;
        }
        show(row, conflict.choice);
    }
    Q_EMIT decided();
}

std::map<std::string, Choice> ConflictList::decisions() const {
    std::map<std::string, Choice> decisions;
    for (const JoinConflict& conflict : m_conflicts) {
        if (conflict.choice != Choice::Undecided) {
            decisions[conflict.key()] = conflict.choice;
        }
    }
    return decisions;
}

int ConflictList::undecided() const {
    return static_cast<int>(
        std::count_if(m_conflicts.begin(), m_conflicts.end(),
                      [](const JoinConflict& conflict) { return conflict.choice == Choice::Undecided; }));
}

} // namespace nunatak::ui::team
