// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "comparison/comparison.h"

#include "measures/measure.h"

#include <QAbstractTableModel>

namespace nunatak::ui::compare {

/// The glaciers of a comparison as rows; Qt::UserRole gives what to sort by.
class ComparisonTable : public QAbstractTableModel {
    Q_OBJECT

public:
    /// The glacier first, then a column for each measure, then dates and what else is to be said.
    static constexpr int Glacier = 0;

    explicit ComparisonTable(QObject* parent = nullptr);

    /// The column of a measure.
    int columnOf(const char* measure) const;
    int expertDateColumn() const { return static_cast<int>(m_measures.size()) + 1; }
    int modelDateColumn() const { return expertDateColumn() + 1; }
    int noteColumn() const { return expertDateColumn() + 2; }

    void setRows(std::vector<comparison::GlacierRow> rows);
    const comparison::GlacierRow& row(int index) const { return m_rows[static_cast<std::size_t>(index)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString cellText(const comparison::GlacierRow& row, int column) const;
    QVariant sortKey(const comparison::GlacierRow& row, int column) const;

    /// Null for a column that is none of a measure's.
    const measures::Measure* measureIn(int column) const;

    std::vector<measures::Measure> m_measures;
    std::vector<comparison::GlacierRow> m_rows;
};

} // namespace nunatak::ui::compare
