// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/comparison_table.h"

#include "ui/base/format.h"

#include <QLocale>

#include <cmath>
#include <limits>

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

/// Model against expert in per cent of the expert's; NaN where the expert has none.
double differencePercent(const comparison::GlacierRow& row) {
    if (row.expertArea <= 0) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    return 100 * (row.modelArea - row.expertArea) / row.expertArea;
}

} // namespace

void ComparisonTable::setRows(std::vector<comparison::GlacierRow> rows) {
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int ComparisonTable::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ComparisonTable::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ComparisonTable::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        const bool leading = section == Glacier || section == Note;
        return QVariant((leading ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) {
        return {};
    }
    const bool tip = role == Qt::ToolTipRole;
    switch (section) {
    case Glacier:
        return tip ? tr("The expert's glacier, or new ice that touches none of them") : tr("Glacier");
    case Iou:
        return tip ? tr("Intersection over union of the model's and the expert's pixels") : tr("IoU");
    case ExpertArea:
        return tip ? tr("Area of the expert's outline within valid scene pixels") : tr("Expert km²");
    case ModelArea:
        return tip ? tr("Predicted ice counted for this glacier") : tr("Model km²");
    case Difference:
        return tip ? tr("Model's area against the expert's") : tr("Difference");
    case MeanDistance:
        return tip ? tr("Mean distance between the two boundaries, both directions") : tr("Mean dist. m");
    case MaxDistance:
        return tip ? tr("Largest distance between the two boundaries (Hausdorff)") : tr("Max dist. m");
    case ExpertDate:
        return tip ? tr("Date of the picture the expert used") : tr("Expert date");
    case ModelDate:
        return tip ? tr("Date of the picture the model saw") : tr("Model date");
    case Note:
        return tip ? tr("New ice, a glacier that the scene's edge cuts, or one that smaller outlines overlap")
                   : tr("Note");
    default:
        return {};
    }
}

QString ComparisonTable::cellText(const comparison::GlacierRow& row, int column) const {
    switch (column) {
    case Glacier:
        if (!row.name.empty()) {
            return text(row.name);
        }
        return row.isNew ? tr("New ice") : tr("Glacier %1").arg(text(row.uuid.substr(0, 8)));
    case Iou:
        return number(row.iou, 3);
    case ExpertArea:
        return number(row.expertArea / 1e6, 3);
    case ModelArea:
        return number(row.modelArea / 1e6, 3);
    case Difference: {
        const double percent = std::round(differencePercent(row) * 10) / 10 + 0.0; // no "-0.0"
        return std::isfinite(percent) ? QStringLiteral("%1%2 %").arg(
                                            percent > 0 ? QStringLiteral("+") : QString(), number(percent, 1))
                                      : QStringLiteral("–");
    }
    case MeanDistance:
        return number(row.meanBoundaryDistance, 0);
    case MaxDistance:
        return number(row.maxBoundaryDistance, 0);
    case ExpertDate:
        return text(row.expertDate);
    case ModelDate:
        return text(row.modelDate);
    case Note:
        if (row.isNew) {
            return tr("new");
        }
        return noteOf(row);
    default:
        return {};
    }
}

QVariant ComparisonTable::sortKey(const comparison::GlacierRow& row, int column) const {
    // NaN would leave the order undefined; it sorts below everything.
    const auto key = [](double value) {
        return std::isfinite(value) ? value : -std::numeric_limits<double>::max();
    };
    switch (column) {
    case Iou:
        return key(row.iou);
    case ExpertArea:
        return key(row.expertArea);
    case ModelArea:
        return key(row.modelArea);
    case Difference:
        return key(differencePercent(row));
    case MeanDistance:
        return key(row.meanBoundaryDistance);
    case MaxDistance:
        return key(row.maxBoundaryDistance);
    default:
        return cellText(row, column);
    }
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
        const bool leading = index.column() == Glacier || index.column() == Note;
        return QVariant((leading ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    }
    default:
        return {};
    }
}

} // namespace nunatak::ui::compare
