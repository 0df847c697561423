// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/comparison_table.h"

#include "ui/base/format.h"

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

namespace nunatak::ui::compare {

namespace {

QString number(double value, int digits) {
    return std::isfinite(value) ? QLocale().toString(value, 'f', digits) : QStringLiteral("–");
}

QString noteOf(const comparison::GlacierRow& row) {
    QStringList notes;
    if (row.cutBySceneEdge) {
        notes << ComparisonTable::tr("cut by the edge");
    }
    if (row.overlappedArea > 0) {
        notes
            << ComparisonTable::tr("%1 km² under smaller outlines").arg(number(row.overlappedArea / 1e6, 3));
    }
    return notes.join(QStringLiteral(", "));
}

/// New ice has no figures but its own area.
bool isBlank(const comparison::GlacierRow& row, const measures::Measure& measure) {
    return row.isNew && measure.id != std::string_view("modelArea");
}

} // namespace

ComparisonTable::ComparisonTable(QObject* parent)
    : QAbstractTableModel(parent), m_measures(measures::measuresOf(measures::Method::Pixels)) {}

int ComparisonTable::columnOf(const char* measure) const {
    const auto found = std::ranges::find(m_measures, std::string_view(measure), &measures::Measure::id);
    return found == m_measures.end() ? -1 : static_cast<int>(found - m_measures.begin()) + 1;
}

const measures::Measure* ComparisonTable::measureIn(int column) const {
    const auto index = static_cast<std::size_t>(column) - 1;
    return column > Glacier && index < m_measures.size() ? &m_measures[index] : nullptr;
}

void ComparisonTable::setRows(std::vector<comparison::GlacierRow> rows) {
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int ComparisonTable::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ComparisonTable::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : noteColumn() + 1;
}

QVariant ComparisonTable::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        const bool leading = section == Glacier || section == noteColumn();
        return QVariant((leading ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) {
        return {};
    }
    const bool tip = role == Qt::ToolTipRole;
    if (const auto* measure = measureIn(section)) {
        return text(tip ? measure->meaning : measures::header(*measure));
    }
    if (section == Glacier) {
        return tip ? tr("The expert's glacier, or new ice that touches none of them") : tr("Glacier");
    }
    if (section == expertDateColumn()) {
        return tip ? tr("Date of the picture the expert used") : tr("Expert date");
    }
    if (section == modelDateColumn()) {
        return tip ? tr("Date of the picture the model saw") : tr("Model date");
    }
    return tip ? tr("New ice, a glacier that the scene's edge cuts, or one that smaller outlines overlap")
               : tr("Note");
}

QString ComparisonTable::cellText(const comparison::GlacierRow& row, int column) const {
    if (const auto* measure = measureIn(column)) {
        const double shown = measure->compute(row) * measure->shownPerUnit;
        const double scale = std::pow(10, measure->digits);
        const double value = std::round(shown * scale) / scale + 0.0; // no "-0.0"
        return (measure->isSigned && value > 0 && !isBlank(row, *measure) ? QStringLiteral("+") : QString()) +
               number(isBlank(row, *measure) ? measures::unknown : value, measure->digits);
    }
    if (column == Glacier) {
        if (!row.name.empty()) {
            return text(row.name);
        }
        return row.isNew ? tr("New ice") : tr("Glacier %1").arg(text(row.uuid.substr(0, 8)));
    }
    if (column == noteColumn()) {
        return row.isNew ? tr("new") : noteOf(row);
    }
    return text(column == expertDateColumn() ? row.expertDate : row.modelDate);
}

QVariant ComparisonTable::sortKey(const comparison::GlacierRow& row, int column) const {
    if (const auto* measure = measureIn(column)) {
        // NaN would leave the order undefined; it sorts below everything.
        const double value = isBlank(row, *measure) ? measures::unknown : measure->compute(row);
        return std::isfinite(value) ? value : -std::numeric_limits<double>::max();
    }
    return cellText(row, column);
}

QVariant ComparisonTable::data(const QModelIndex& index, int role) const {
    const auto& entry = row(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return cellText(entry, index.column());
    case Qt::ToolTipRole:
        return tr("Double-click flies to %1").arg(cellText(entry, Glacier));
    case Qt::UserRole:
        return sortKey(entry, index.column());
    case Qt::TextAlignmentRole: {
        const bool leading = index.column() == Glacier || index.column() == noteColumn();
        return QVariant((leading ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    }
    default:
        return {};
    }
}

} // namespace nunatak::ui::compare
