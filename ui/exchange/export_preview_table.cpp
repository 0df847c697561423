// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/export_preview_table.h"

#include "ui/base/format.h"

#include <QLocale>
#include <QStringList>

#include <algorithm>

namespace nunatak::ui::exchange {

namespace {

void await(QTreeWidgetItem* row) {
    row->setText(1, ExportPreviewTable::tr("measuring …"));
    row->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
}

} // namespace

ExportPreviewTable::ExportPreviewTable(QWidget* parent) : QTreeWidget(parent) {
    setObjectName(QStringLiteral("exportColumns"));
    setHeaderLabels({tr("Column"), tr("Outlines"), tr("Example"), tr("Of the others")});
    headerItem()->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter); // as the numbers under it
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setMinimumHeight(180);
}

void ExportPreviewTable::showAwaited(const std::vector<std::string>& columns) {
    clear();
    for (const auto& column : columns) {
        auto* row = new QTreeWidgetItem(this); // the tree's
        row->setText(0, text(column));
        await(row);
    }
    fitColumns();
    setToolTip({});
}

void ExportPreviewTable::showPreview(const nunatak::exchange::ExportPreview& preview) {
    const QLocale locale;
    clear();
    for (const auto& column : preview.columns) {
        auto* row = new QTreeWidgetItem(this); // the tree's
        row->setText(0, text(column.name));
        if (column.isAwaited) {
            await(row);
            continue;
        }
        row->setText(1, locale.toString(static_cast<qulonglong>(column.filled)));
        row->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
        row->setText(2, text(column.example));
        row->setToolTip(2, row->text(2));
        if (column.filled < preview.outlines) {
            QStringList why;
            for (const auto& reason : column.why) {
                why << text(reason);
            }
            const QString written = column.missing.empty() ? tr("nothing") : text(column.missing);
            const QString reasons = why.join(QStringLiteral("; "));
            row->setText(3, reasons.isEmpty() ? written : tr("%1: %2").arg(written, reasons));
            row->setToolTip(3, row->text(3));
        }
    }
    fitColumns();
    QStringList files;
    for (const auto& file : preview.files) {
        files << text(file);
    }
    setToolTip(tr("%1 km², %2: %3")
                   .arg(locale.toString(preview.areaKm2, 'f', 3), text(preview.crs),
                        files.join(QStringLiteral(", "))));
}

void ExportPreviewTable::fitColumns() {
    for (int i = 0; i < 3; ++i) {
        resizeColumnToContents(i);
    }
    constexpr int widest = 200; // of an example
    setColumnWidth(2, std::min(columnWidth(2), widest));
}

void ExportPreviewTable::setEmpty() {
    clear();
    setToolTip({});
}

} // namespace nunatak::ui::exchange
