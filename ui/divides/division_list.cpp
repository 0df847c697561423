// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/divides/division_list.h"

#include "ui/base/empty_hint.h"
#include "ui/base/owned.h"

#include <QHeaderView>
#include <QLocale>
#include <QScrollBar>

#include <algorithm>
#include <set>
#include <utility>

namespace nunatak::ui::divides {

namespace {

enum Column { Glacier, What, ColumnCount };
constexpr std::size_t mostRows = 500; ///< of a group, that somebody reads

} // namespace

DivisionList::DivisionList(QWidget* parent) : QTreeWidget(parent) {
    setObjectName(QStringLiteral("divisions"));
    setColumnCount(ColumnCount);
    setHeaderLabels({tr("Glacier"), tr("Becomes")});
    setUniformRowHeights(true);
    setIndentation(14);
    setFrameShape(QFrame::NoFrame);
    setTextElideMode(Qt::ElideRight);
    header()->setStretchLastSection(true);
    header()->setSectionResizeMode(Glacier, QHeaderView::Interactive);
    header()->resizeSection(Glacier,
                            fontMetrics().horizontalAdvance(QStringLiteral("A glacier's whole name")));
    header()->setSectionsMovable(false);
    showWhileEmpty(this, tr("What glaciers become is listed here."));
    connect(this, &QTreeWidget::itemClicked, this, &DivisionList::activate);
    connect(this, &QTreeWidget::itemActivated, this, &DivisionList::activate); // by Enter
    connect(this, &QTreeWidget::itemChanged, this, [this](const QTreeWidgetItem* item) {
        if (const Row* row = rowOf(item); row != nullptr && row->isIncluded && !m_isFilling) {
            Q_EMIT included(row->uuid, item->checkState(Glacier) == Qt::Checked);
        }
    });
}

void DivisionList::show(std::vector<Group> groups) {
    std::set<QString> folded;
    for (int i = 0; i < topLevelItemCount(); ++i) {
        if (!topLevelItem(i)->isExpanded()) {
            folded.insert(topLevelItem(i)->data(What, Qt::UserRole).toString());
        }
    }
    const int scrolled = verticalScrollBar()->value();
    m_isFilling = true;
    clear();
    m_groups = std::move(groups);
    const QLocale locale;
    for (std::size_t g = 0; g < m_groups.size(); ++g) {
        const Group& group = m_groups[g];
        auto* heading = owned<QTreeWidgetItem>(this);
        heading->setText(
            Glacier,
            tr("%1: %2").arg(group.title, locale.toString(static_cast<qulonglong>(group.rows.size()))));
        heading->setData(What, Qt::UserRole, group.title);
        QFont bold = font();
        bold.setBold(true);
        heading->setFont(Glacier, bold);
        heading->setFirstColumnSpanned(true);
        for (std::size_t i = 0; i < std::min(mostRows, group.rows.size()); ++i) {
            const Row& row = group.rows[i];
            auto* item = owned<QTreeWidgetItem>(heading, QStringList{row.glacier, row.what});
            item->setData(Glacier, Qt::UserRole, QPoint(static_cast<int>(g), static_cast<int>(i)));
            item->setToolTip(Glacier, row.glacier);
            item->setToolTip(What, row.what);
            if (row.isIncluded) {
                item->setCheckState(Glacier, *row.isIncluded ? Qt::Checked : Qt::Unchecked);
            }
        }
        if (group.rows.size() > mostRows) {
            auto* more = owned<QTreeWidgetItem>(heading);
            more->setText(Glacier,
                          tr("and %1 more")
                              .arg(locale.toString(static_cast<qulonglong>(group.rows.size() - mostRows))));
            more->setFirstColumnSpanned(true);
        }
        heading->setExpanded(!folded.contains(group.title));
    }
    m_isFilling = false;
    verticalScrollBar()->setValue(scrolled);
}

const DivisionList::Row* DivisionList::rowOf(const QTreeWidgetItem* item) const {
    const auto place = item->data(Glacier, Qt::UserRole);
    if (!place.isValid()) {
        return nullptr;
    }
    const QPoint at = place.toPoint();
    return &m_groups[static_cast<std::size_t>(at.x())].rows[static_cast<std::size_t>(at.y())];
}

void DivisionList::activate(const QTreeWidgetItem* item) {
    if (const Row* row = rowOf(item)) {
        Q_EMIT placeActivated(row->extent);
    }
}

} // namespace nunatak::ui::divides
