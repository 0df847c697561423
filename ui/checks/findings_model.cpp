// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/checks/findings_model.h"

#include "editing/area_words.h"
#include "editing/repair.h"
#include "ui/base/format.h"

#include <QApplication>
#include <QFont>
#include <QIcon>
#include <QLocale>
#include <QPalette>

#include <algorithm>
#include <cmath>

namespace nunatak::ui::checks {

using nunatak::editing::Fault;
using nunatak::editing::Finding;

namespace {

constexpr quintptr groupsId = 0; ///< of rows of kinds; what is below the first kind has 1, and so on

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

QString countText(Fault kind, int count) {
    const auto number = QLocale().toString(count);
    const bool isOne = count == 1;
    switch (kind) {
    case Fault::SelfCrossing:
        return (isOne ? Words::tr("%1 self-crossing") : Words::tr("%1 self-crossings")).arg(number);
    case Fault::TouchesItself:
        return (isOne ? Words::tr("%1 touches itself") : Words::tr("%1 touch themselves")).arg(number);
    case Fault::HoleOutside:
        return (isOne ? Words::tr("%1 hole outside") : Words::tr("%1 holes outside")).arg(number);
    case Fault::NotValid:
        return Words::tr("%1 not valid").arg(number);
    case Fault::Overlap:
        return (isOne ? Words::tr("%1 overlap") : Words::tr("%1 overlaps")).arg(number);
    case Fault::Duplicate:
        return (isOne ? Words::tr("%1 duplicate") : Words::tr("%1 duplicates")).arg(number);
    case Fault::Gap:
        return (isOne ? Words::tr("%1 gap") : Words::tr("%1 gaps")).arg(number);
    case Fault::TooSmall:
        return Words::tr("%1 too small").arg(number);
    }
    return {};
}

} // namespace

QString kindTitle(Fault kind) {
    switch (kind) {
    case Fault::SelfCrossing:
        return Words::tr("Self-crossings");
    case Fault::TouchesItself:
        return Words::tr("Touching themselves");
    case Fault::HoleOutside:
        return Words::tr("Holes outside");
    case Fault::NotValid:
        return Words::tr("Not valid");
    case Fault::Overlap:
        return Words::tr("Overlaps");
    case Fault::Duplicate:
        return Words::tr("Duplicates");
    case Fault::Gap:
        return Words::tr("Gaps");
    case Fault::TooSmall:
        return Words::tr("Too small");
    }
    return {};
}

QString sizeText(const Finding& finding) {
    switch (finding.kind) {
    case Fault::Overlap:
    case Fault::Duplicate:
    case Fault::TooSmall:
        if (finding.size >= 0.1) {
            return text(nunatak::editing::areaWords(finding.size));
        }
        return finding.size >= 0.01 ? Words::tr("%1 m²").arg(QLocale().toString(finding.size, 'f', 2))
                                    : Words::tr("< %1 m²").arg(QLocale().toString(0.01, 'f', 2));
    case Fault::Gap:
        return finding.size < 0.01
                   ? Words::tr("%1 mm").arg(QLocale().toString(finding.size * 1000, 'g', 2))
                   : Words::tr("%1 m").arg(QLocale().toString(finding.size, 'f', finding.size < 1 ? 2 : 1));
    default:
        return {};
    }
}

void FindingsModel::setFindings(std::vector<Finding> findings, const Name& name) {
    beginResetModel();
    m_groups.clear();
    put(std::move(findings), name);
    sort();
    endResetModel();
}

void FindingsModel::replace(const std::set<std::string>& uuids, std::vector<Finding> found,
                            const Name& name) {
    beginResetModel();
    std::vector<Row> refused; // is so still where the same is found again
    for (Group& group : m_groups) {
        std::erase_if(group.rows, [&](const Row& row) {
            const bool goes = names(row.finding, uuids);
            if (goes && !row.refused.isEmpty()) {
                refused.push_back(row);
            }
            return goes;
        });
    }
    put(std::move(found), name);
    for (Group& group : m_groups) {
        for (Row& row : group.rows) {
            for (const Row& before : refused) {
                if (before.finding.kind == row.finding.kind &&
                    before.finding.outlines == row.finding.outlines &&
                    before.finding.place == row.finding.place) {
                    row.refused = before.refused;
                }
            }
        }
    }
    std::erase_if(m_groups, [](const Group& group) { return group.rows.empty(); });
    sort();
    endResetModel();
}

void FindingsModel::put(std::vector<Finding> findings, const Name& name) {
    for (Finding& finding : findings) {
        auto group = std::find_if(m_groups.begin(), m_groups.end(),
                                  [&](const Group& each) { return each.kind == finding.kind; });
        if (group == m_groups.end()) {
            group = m_groups.insert(m_groups.end(), Group{finding.kind, {}});
        }
        QStringList glaciers;
        for (const auto& ref : finding.outlines) {
            glaciers << name(ref);
        }
        group->rows.push_back({std::move(finding), glaciers.join(QStringLiteral(" –\n")), {}, false});
    }
}

void FindingsModel::sort() {
    std::sort(m_groups.begin(), m_groups.end(),
              [](const Group& a, const Group& b) { return a.kind < b.kind; });
    for (Group& group : m_groups) {
        std::stable_sort(group.rows.begin(), group.rows.end(),
                         [](const Row& a, const Row& b) { return a.finding.size > b.finding.size; });
    }
}

bool FindingsModel::names(const Finding& finding, const std::set<std::string>& uuids) {
    return std::any_of(finding.outlines.begin(), finding.outlines.end(),
                       [&](const auto& ref) { return uuids.contains(ref.uuid); });
}

void FindingsModel::setStale(const std::set<std::string>& uuids) {
    for (std::size_t g = 0; g < m_groups.size(); ++g) {
        bool isAny = false;
        for (Row& row : m_groups[g].rows) {
            const bool isOne = !row.isStale && names(row.finding, uuids);
            row.isStale = row.isStale || isOne;
            isAny = isAny || isOne;
        }
        if (isAny) {
            const QModelIndex group = index(static_cast<int>(g), 0);
            Q_EMIT dataChanged(index(0, 0, group), index(rowCount(group) - 1, ColumnCount - 1, group));
        }
    }
}

void FindingsModel::setRefused(const std::vector<std::pair<Finding, std::string>>& refused) {
    for (const auto& [finding, why] : refused) {
        const QModelIndex found = indexOf(finding);
        if (found.isValid()) {
            m_groups[found.internalId() - 1].rows[static_cast<std::size_t>(found.row())].refused = text(why);
            Q_EMIT dataChanged(found, found.siblingAtColumn(ColumnCount - 1));
        }
    }
}

bool FindingsModel::hasRepairable() const {
    return std::any_of(m_groups.begin(), m_groups.end(),
                       [](const Group& group) { return nunatak::editing::canBeRepaired(group.kind); });
}

QString FindingsModel::counts() const {
    QStringList counts;
    for (const Group& group : m_groups) {
        counts << countText(group.kind, static_cast<int>(group.rows.size()));
    }
    return counts.join(QStringLiteral(", "));
}

std::vector<Finding> FindingsModel::all() const {
    std::vector<Finding> findings;
    for (const Group& group : m_groups) {
        for (const Row& row : group.rows) {
            findings.push_back(row.finding);
        }
    }
    return findings;
}

const Finding* FindingsModel::finding(const QModelIndex& index) const {
    const Row* row = rowOf(index);
    return row != nullptr ? &row->finding : nullptr;
}

std::vector<Finding> FindingsModel::findings(const QModelIndexList& rows) const {
    std::vector<Finding> findings;
    for (const QModelIndex& index : rows) {
        if (index.column() != 0) {
            continue;
        }
        if (const Row* row = rowOf(index); row != nullptr) {
            if (!rows.contains(index.parent())) { // else it comes with its kind
                findings.push_back(row->finding);
            }
            continue;
        }
        for (const Row& row : groupOf(index).rows) {
            findings.push_back(row.finding);
        }
    }
    return findings;
}

QString FindingsModel::sentences(const QModelIndex& index) const {
    const Row* row = rowOf(index);
    if (row == nullptr) {
        return {};
    }
    QStringList sentences{text(row->finding.sentence)};
    if (row->isStale) {
        sentences << Words::tr("Changed since; it is being looked at again.");
    }
    if (!row->refused.isEmpty()) {
        sentences << Words::tr("Not repaired: %1").arg(row->refused);
    }
    return sentences.join(QLatin1Char(' '));
}

QModelIndex FindingsModel::indexOf(const Finding& finding) const {
    QModelIndex found;
    double nearest = 0;
    for (std::size_t g = 0; g < m_groups.size(); ++g) {
        const auto& rows = m_groups[g].rows;
        for (std::size_t i = 0; m_groups[g].kind == finding.kind && i < rows.size(); ++i) {
            const double away = std::hypot(rows[i].finding.place.x - finding.place.x,
                                           rows[i].finding.place.y - finding.place.y);
            if (rows[i].finding.outlines == finding.outlines && (!found.isValid() || away < nearest)) {
                found = index(static_cast<int>(i), 0, index(static_cast<int>(g), 0));
                nearest = away;
            }
        }
    }
    return found;
}

QModelIndex FindingsModel::indexOf(Fault kind) const {
    for (std::size_t g = 0; g < m_groups.size(); ++g) {
        if (m_groups[g].kind == kind) {
            return index(static_cast<int>(g), 0);
        }
    }
    return {};
}

Fault FindingsModel::kindOf(const QModelIndex& index) const {
    return groupOf(index).kind;
}

const FindingsModel::Group& FindingsModel::groupOf(const QModelIndex& index) const {
    return m_groups[index.internalId() == groupsId ? static_cast<std::size_t>(index.row())
                                                   : static_cast<std::size_t>(index.internalId() - 1)];
}

const FindingsModel::Row* FindingsModel::rowOf(const QModelIndex& index) const {
    return index.isValid() && index.internalId() != groupsId
               ? &groupOf(index).rows[static_cast<std::size_t>(index.row())]
               : nullptr;
}

QModelIndex FindingsModel::index(int row, int column, const QModelIndex& parent) const {
    if (row < 0 || row >= rowCount(parent) || column < 0 || column >= ColumnCount) {
        return {};
    }
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : groupsId);
}

QModelIndex FindingsModel::parent(const QModelIndex& child) const {
    return child.isValid() && child.internalId() != groupsId
               ? createIndex(static_cast<int>(child.internalId()) - 1, 0, groupsId)
               : QModelIndex();
}

int FindingsModel::rowCount(const QModelIndex& parent) const {
    if (!parent.isValid()) {
        return static_cast<int>(m_groups.size());
    }
    return parent.internalId() == groupsId && parent.column() == 0
               ? static_cast<int>(groupOf(parent).rows.size())
               : 0;
}

int FindingsModel::columnCount(const QModelIndex& /*parent*/) const {
    return ColumnCount;
}

QVariant FindingsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation == Qt::Horizontal && role == Qt::DisplayRole) {
        return section == What ? tr("What is wrong, and where") : tr("Size");
    }
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole && section == Size) {
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (orientation == Qt::Horizontal && role == Qt::ToolTipRole && section == Size) {
        return tr("Area on the ellipsoid; of gaps how far the lines are apart at most");
    }
    return {};
}

QVariant FindingsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) {
        return {};
    }
    const Row* row = rowOf(index);
    switch (role) {
    case Qt::DisplayRole:
        if (row == nullptr) {
            return index.column() == What
                       ? QVariant(kindTitle(groupOf(index).kind))
                       : QVariant(QLocale().toString(static_cast<qulonglong>(groupOf(index).rows.size())));
        }
        return index.column() == What ? row->glaciers : sizeText(row->finding);
    case Qt::ToolTipRole:
        return sentences(index);
    case Qt::TextAlignmentRole:
        return index.column() == Size ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::DecorationRole:
        return row != nullptr && !row->refused.isEmpty() && index.column() == What
                   ? QVariant(QIcon::fromTheme(QStringLiteral("data-warning")))
                   : QVariant();
    case Qt::FontRole: {
        QFont font = QApplication::font();
        font.setBold(row == nullptr);
        font.setItalic(row != nullptr && row->isStale);
        return font;
    }
    case Qt::ForegroundRole:
        return row != nullptr && row->isStale ? QVariant(QApplication::palette().placeholderText())
                                              : QVariant();
    default:
        return {};
    }
}

} // namespace nunatak::ui::checks
