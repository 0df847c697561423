// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "comparison/comparison.h"

#include <QAbstractTableModel>

namespace nunatak::ui::compare {

/// The glaciers of a comparison as rows; Qt::UserRole gives what to sort by.
class ComparisonTable : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        Glacier,
        Iou,
        ExpertArea,
        ModelArea,
        Difference,
        MeanDistance,
        MaxDistance,
        ExpertDate,
        ModelDate,
        Note,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setRows(std::vector<comparison::GlacierRow> rows);
    const comparison::GlacierRow& row(int index) const { return m_rows[static_cast<std::size_t>(index)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString cellText(const comparison::GlacierRow& row, int column) const;
    QVariant sortKey(const comparison::GlacierRow& row, int column) const;

    std::vector<comparison::GlacierRow> m_rows;
};

} // namespace nunatak::ui::compare
