// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editing/deleted_dialog.h"

#include "outlines/listed_name.h"
#include "ui/base/empty_hint.h"
#include "ui/base/format.h"
#include "ui/base/owned.h"
#include "ui/session/history_panel.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <set>
#include <string>
#include <utility>

namespace nunatak::ui::editing {

namespace {

enum Column { Glacier, Area, How, When, Who };

/// What it was is not known where another program took it away.
bool isKnown(const project::GoneOutline& gone) {
    return !gone.outline->geometry.empty();
}

} // namespace

DeletedDialog::DeletedDialog(QWidget* parent) : QDialog(parent) {
    setObjectName(QStringLiteral("deletedDialog"));
    setWindowTitle(tr("Deleted glaciers"));
    m_about = owned<QLabel>();
    m_about->setWordWrap(true);
    m_list = owned<QTreeWidget>();
    m_list->setObjectName(QStringLiteral("deletedList"));
    m_list->setHeaderLabels({tr("Glacier"), tr("Area"), tr("What took it away"), tr("When"), tr("By whom")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(Glacier, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(How, QHeaderView::Stretch);
    showWhileEmpty(m_list, tr("Nothing is deleted."));
    m_said = owned<QLabel>();
    m_said->setObjectName(QStringLiteral("deletedSaid"));
    m_said->setWordWrap(true);
    auto* buttons = owned<QDialogButtonBox>(QDialogButtonBox::Close);
    m_do = buttons->addButton(tr("Bring back"), QDialogButtonBox::ActionRole);
    m_do->setObjectName(QStringLiteral("deletedBringBack"));
    m_do->setDefault(true);

    auto* layout = owned<QVBoxLayout>(this);
    layout->addWidget(m_about);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_said);
    layout->addWidget(buttons);
    resize(720, 300);

    connect(m_list, &QTreeWidget::itemSelectionChanged, this, [this] {
        m_said->clear();
        refresh();
        Q_EMIT chosenChanged(true);
    });
    connect(m_do, &QPushButton::clicked, this, &DeletedDialog::bringBackRequested);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    refresh();
}

void DeletedDialog::setGone(const QString& layer, std::vector<project::GoneOutline> gone, bool isWritable) {
    std::set<std::string> before;
    for (const auto& outline : chosen()) {
        before.insert(outline->uuid);
    }
    m_about->setText(tr("What was deleted of %1, the last first. Choose one to see where it was, or several; "
                        "what is brought back is one step, which undo takes back.")
                         .arg(layer));
    m_isWritable = isWritable;
    {
        const QSignalBlocker quiet(m_list);
        m_list->clear();
        m_gone = std::move(gone);
        for (const auto& [outline, removed] : m_gone) {
            project::HistoryStep when = removed;
            when.analyst.clear(); // a column of its own
            auto* row = owned<QTreeWidgetItem>(
                m_list,
                QStringList{text(outlines::listedName(*outline)),
                            outline->geometry.empty() ? QString() : areaText(outline->area()),
                            text(removed.description), removed.id == 0 ? QString() : session::whenText(when),
                            text(removed.analyst)});
            row->setTextAlignment(Area, Qt::AlignRight | Qt::AlignVCenter);
            for (const int column : {Glacier, How}) {
                row->setToolTip(column, row->text(column));
            }
            row->setSelected(before.contains(outline->uuid));
        }
    }
    refresh();
    Q_EMIT chosenChanged(false);
}

std::vector<outlines::OutlineHandle> DeletedDialog::chosen() const {
    std::vector<outlines::OutlineHandle> chosen;
    for (int row = 0; row < m_list->topLevelItemCount(); ++row) {
        const auto& gone = m_gone[static_cast<std::size_t>(row)];
        if (m_list->topLevelItem(row)->isSelected() && isKnown(gone)) {
            chosen.push_back(gone.outline);
        }
    }
    return chosen;
}

void DeletedDialog::say(const QString& sentence) {
    m_said->setText(sentence);
}

void DeletedDialog::setBusy(bool isBusy) {
    m_isBusy = isBusy;
    refresh();
}

void DeletedDialog::refresh() {
    const auto count = chosen().size();
    const auto selected = m_list->selectedItems().size();
    m_do->setEnabled(m_isWritable && !m_isBusy && count > 0);
    if (selected > static_cast<qsizetype>(count)) {
        m_said->setText(tr("Another program took %n of them away, whose line nobody knows.", nullptr,
                           static_cast<int>(selected) - static_cast<int>(count)));
    } else if (!m_isWritable && count > 0) {
        m_said->setText(tr("This project is only looked at, so nothing can be brought back."));
    }
}

} // namespace nunatak::ui::editing
