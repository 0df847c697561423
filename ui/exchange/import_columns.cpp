// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/import_columns.h"

#include "ui/base/format.h"
#include "ui/base/owned.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QHeaderView>
#include <QTableWidget>

#include <climits>
#include <utility>

namespace nunatak::ui::exchange {

namespace {

using nunatak::exchange::FieldRole;

enum Column { NameColumn, RoleColumn, OrderColumn, FilledColumn, SampleColumn, ColumnCount };

QString tr(const char* words) {
    return QCoreApplication::translate("ImportColumns", words);
}

/// What a column of our own files says, which nobody chooses for others.
QString ownRole(FieldRole role) {
    switch (role) {
    case FieldRole::Uuid:
        return tr("UUID");
    case FieldRole::SceneId:
        return tr("scene");
    case FieldRole::Model:
        return tr("model");
    case FieldRole::ModelFingerprint:
        return tr("model's fingerprint");
    case FieldRole::Run:
        return tr("run");
    case FieldRole::Threshold:
        return tr("threshold");
    case FieldRole::Review:
        return tr("review");
    case FieldRole::Analyst:
        return tr("analyst");
    case FieldRole::Origin:
        return tr("origin");
    case FieldRole::IsChanged:
        return tr("changed by hand");
    case FieldRole::Reviewer:
        return tr("reviewer");
    case FieldRole::ReviewTime:
        return tr("time of the review");
    case FieldRole::ReviewNote:
        return tr("note of the review");
    case FieldRole::IsReviewOutdated:
        return tr("review outdated");
    default:
        return tr("Nunatak's own");
    }
}

void fillRoles(QComboBox& box, FieldRole role) {
    box.addItem(tr("attribute"), static_cast<int>(FieldRole::Other));
    for (const auto& named : nunatak::exchange::mappedRoles()) {
        box.addItem(QString::fromUtf8(named.shown), static_cast<int>(named.role));
    }
    if (box.findData(static_cast<int>(role)) < 0) {
        box.addItem(ownRole(role), static_cast<int>(role));
    }
    box.setCurrentIndex(box.findData(static_cast<int>(role)));
}

void fillOrders(QComboBox& box, DateOrder order) {
    box.addItem(tr("as it tells"), static_cast<int>(DateOrder::Unsaid));
    box.addItem(tr("day first"), static_cast<int>(DateOrder::DayFirst));
    box.addItem(tr("month first"), static_cast<int>(DateOrder::MonthFirst));
    box.setCurrentIndex(box.findData(static_cast<int>(order)));
}

QTableWidgetItem* cell(const QString& words) {
    auto* item = owned<QTableWidgetItem>(words);
    item->setFlags(Qt::ItemIsEnabled);
    item->setToolTip(words);
    return item;
}

} // namespace

void prepareColumns(QTableWidget& table) {
    table.setColumnCount(ColumnCount);
    table.setHorizontalHeaderLabels({tr("Column"), tr("Says"), tr("Dates"), tr("Values"), tr("Such as")});
    table.verticalHeader()->hide();
    table.horizontalHeader()->setStretchLastSection(true);
    table.setSelectionMode(QAbstractItemView::NoSelection);
    table.setColumnWidth(RoleColumn, 130);
    table.setColumnWidth(OrderColumn, 120);
    table.setColumnWidth(FilledColumn, 60);
}

void showColumns(QTableWidget& table, const std::vector<nunatak::exchange::SourceColumn>& columns,
                 ColumnChanged changed) {
    table.setRowCount(0);
    table.setRowCount(static_cast<int>(columns.size()));
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const int row = static_cast<int>(i);
        const auto& column = columns[i];
        QStringList samples;
        for (const auto& sample : column.samples) {
            samples << text(sample);
        }
        table.setItem(row, NameColumn, cell(text(column.name)));
        table.setItem(row, FilledColumn, cell(QString::number(column.filled)));
        table.setItem(row, SampleColumn, cell(samples.join(QStringLiteral(" · "))));
        auto* role = owned<QComboBox>();
        role->setObjectName(QStringLiteral("role_") + text(column.name));
        // A second column for what another says already is an attribute.
        const bool isSpare = column.rank > 0 && column.rank != INT_MAX;
        fillRoles(*role, isSpare ? FieldRole::Other : column.role);
        table.setCellWidget(row, RoleColumn, role);
        QComboBox* order = nullptr;
        if (column.role == FieldRole::Date && !isSpare) {
            order = owned<QComboBox>();
            order->setObjectName(QStringLiteral("order_") + text(column.name));
            fillOrders(*order, column.order);
            table.setCellWidget(row, OrderColumn, order);
        }
        // The boxes go with the table that is filled anew upon their signals.
        const auto was = isSpare ? FieldRole::Other : column.role;
        const auto tell = [changed, name = column.name, was, role, order] {
            changed({name, was, static_cast<FieldRole>(role->currentData().toInt()),
                     order != nullptr ? static_cast<DateOrder>(order->currentData().toInt())
                                      : DateOrder::Unsaid});
        };
        QObject::connect(role, &QComboBox::activated, &table, tell);
        if (order != nullptr) {
            QObject::connect(order, &QComboBox::activated, &table, tell);
        }
    }
    table.resizeColumnToContents(NameColumn);
}

void changeMapping(nunatak::exchange::FieldMapping& mapping, const ColumnChange& change) {
    if (change.was != change.role && change.was != FieldRole::Other) {
        mapping[change.was] = {}; // nobody says it any more
    }
    for (auto& [role, choice] : mapping) {
        if (role != change.role && choice.column == change.column) {
            choice = {};
        }
    }
    if (change.role != FieldRole::Other) {
        mapping[change.role] = {change.column, change.order};
    }
}

} // namespace nunatak::ui::exchange
