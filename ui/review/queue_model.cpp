// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/queue_model.h"

#include "outlines/outline_name.h"
#include "ui/base/format.h"
#include "ui/base/review_text.h"

#include <QIcon>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <utility>

namespace nunatak::ui::review {

using outlines::Review;
using Entry = nunatak::review::ReviewQueue::Entry;

namespace {

QString nameText(const outlines::Outline& outline) {
    const auto name = outlines::nameOf(outline);
    return name.empty() ? QueueModel::tr("Unnamed %1").arg(text(outline.uuid.substr(0, 8))) : text(name);
}

QString stateOf(const outlines::Outline& outline) {
    if (outline.review == Review::NotReviewed) {
        return {};
    }
    return outline.reviewRecord.isOutdated
               ? QueueModel::tr("%1, changed since").arg(reviewText(outline.review))
               : reviewText(outline.review);
}

QIcon iconOf(const outlines::Outline& outline) {
    switch (outline.review) {
    case Review::Accepted:
        return QIcon::fromTheme(QStringLiteral("dialog-ok-apply"));
    case Review::Doubtful:
        return QIcon::fromTheme(QStringLiteral("question"));
    case Review::Removed:
        return QIcon::fromTheme(QStringLiteral("dialog-cancel"));
    case Review::NotReviewed:
        break;
    }
    return {};
}

QString tipOf(const Entry& entry, int row) {
    const auto& outline = *entry.glacier.outline;
    const QLocale locale;
    QStringList lines{
        QueueModel::tr("%1, %2: %3").arg(nameText(outline), areaText(entry.evidence.area), whyText(entry))};
    const auto& evidence = entry.evidence;
    if (evidence.band) {
        lines << QueueModel::tr("The band in which the model is unsure is %1 m wide on average.")
                     .arg(locale.toString(evidence.band->width, 'f', 0));
    }
    const auto reviewer = reviewerText(outline.reviewRecord);
    if (!reviewer.isEmpty()) {
        lines << QueueModel::tr("%1 by %2.").arg(stateOf(outline), reviewer);
    }
    if (!outline.reviewRecord.note.empty()) {
        lines << text(outline.reviewRecord.note);
    }
    lines << QueueModel::tr("Place %1, score %2.")
                 .arg(locale.toString(row + 1), locale.toString(entry.score, 'f', 2));
    return lines.join(QLatin1Char('\n'));
}

} // namespace

QString whyText(const Entry& entry) {
    if (!entry.why.empty()) {
        return text(entry.why);
    }
    const auto& outline = *entry.glacier.outline;
    return outline.review == Review::NotReviewed ? QueueModel::tr("not reviewed") : stateOf(outline);
}

QueueModel::Rows QueueModel::rowsOf(const Entries& entries) {
    Rows rows;
    rows.reserve(entries.size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
        rows.emplace(entries[i].glacier.outline->uuid, static_cast<int>(i));
    }
    return rows;
}

bool QueueModel::removeAllBut(const Rows& now) {
    constexpr int mostBlocks = 32;
    std::vector<std::pair<int, int>> blocks; // first and last
    for (int row = 0; row < static_cast<int>(m_entries.size()); ++row) {
        if (now.contains(m_entries[static_cast<std::size_t>(row)].glacier.outline->uuid)) {
            continue;
        }
        if (!blocks.empty() && blocks.back().second == row - 1) {
            blocks.back().second = row;
        } else {
            blocks.emplace_back(row, row);
        }
    }
    if (blocks.size() > mostBlocks) {
        return false;
    }
    for (auto block = blocks.rbegin(); block != blocks.rend(); ++block) {
        beginRemoveRows({}, block->first, block->second);
        m_entries.erase(m_entries.begin() + block->first, m_entries.begin() + block->second + 1);
        endRemoveRows();
    }
    return true;
}

void QueueModel::setEntries(Entries entries) {
    auto now = rowsOf(entries);
    if (m_entries.empty() || entries.empty() || !removeAllBut(now)) {
        beginResetModel();
        m_entries = std::move(entries);
        m_rows = std::move(now);
        endResetModel();
        return;
    }
    // What is new comes behind the others, and then to its place.
    const Rows before = rowsOf(m_entries);
    Entries added;
    for (const Entry& entry : entries) {
        if (!before.contains(entry.glacier.outline->uuid)) {
            added.push_back(entry);
        }
    }
    if (!added.empty()) {
        const int first = static_cast<int>(m_entries.size());
        beginInsertRows({}, first, first + static_cast<int>(added.size()) - 1);
        m_entries.insert(m_entries.end(), added.begin(), added.end());
        endInsertRows();
    }
    const bool isSameOrder = std::equal(
        m_entries.begin(), m_entries.end(), entries.begin(), entries.end(),
        [](const Entry& a, const Entry& b) { return a.glacier.outline->uuid == b.glacier.outline->uuid; });
    if (isSameOrder) {
        m_entries = std::move(entries);
        m_rows = std::move(now);
    } else {
        Q_EMIT layoutAboutToBeChanged();
        const auto stood = persistentIndexList();
        QModelIndexList stands;
        for (const QModelIndex& index : stood) {
            const auto& uuid = m_entries[static_cast<std::size_t>(index.row())].glacier.outline->uuid;
            stands << createIndex(now.at(uuid), index.column());
        }
        m_entries = std::move(entries);
        m_rows = std::move(now);
        changePersistentIndexList(stood, stands);
        Q_EMIT layoutChanged();
    }
    Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

const Entry* QueueModel::entry(const QModelIndex& index) const {
    return index.isValid() && index.row() < rowCount() ? &m_entries[static_cast<std::size_t>(index.row())]
                                                       : nullptr;
}

QModelIndex QueueModel::indexOf(const std::string& uuid) const {
    const auto found = m_rows.find(uuid);
    return found != m_rows.end() ? index(found->second) : QModelIndex();
}

int QueueModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant QueueModel::data(const QModelIndex& index, int role) const {
    const Entry* found = entry(index);
    if (found == nullptr) {
        return {};
    }
    switch (role) {
    case Qt::DisplayRole:
        return nameText(*found->glacier.outline);
    case Qt::DecorationRole:
        return iconOf(*found->glacier.outline);
    case Qt::ToolTipRole:
        return tipOf(*found, index.row());
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1, %2").arg(nameText(*found->glacier.outline), whyText(*found));
    case Why:
        return whyText(*found);
    case Size:
        return areaText(found->evidence.area);
    case Score:
        return found->score;
    case State:
        return stateOf(*found->glacier.outline);
    default:
        return {};
    }
}

} // namespace nunatak::ui::review
