// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/queue_model.h"

#include "outlines/listed_name.h"
#include "ui/base/format.h"
#include "ui/base/review_text.h"

#include <QIcon>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <utility>

namespace nunatak::ui::review {

using nunatak::review::ReviewQueue;
using outlines::Review;
using Entry = ReviewQueue::Entry;

namespace {

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
        QueueModel::tr("%1, %2: %3")
            .arg(text(outlines::listedName(outline)), areaText(entry.evidence.area), whyText(entry))};
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

void QueueModel::setEntries(ReviewQueue::Entries entries) {
    beginResetModel();
    m_entries = std::move(entries);
    endResetModel();
}

void QueueModel::move(int from, int to, ReviewQueue::EntryHandle entry) {
    if (from != to) {
        // Qt counts the row that goes, too.
        beginMoveRows({}, from, from, {}, to > from ? to + 1 : to);
    }
    m_entries.erase(m_entries.begin() + from);
    m_entries.insert(m_entries.begin() + to, std::move(entry));
    if (from != to) {
        endMoveRows();
    }
    Q_EMIT dataChanged(index(to), index(to));
}

void QueueModel::apply(const ReviewQueue::Steps& steps) {
    for (const auto& step : steps) {
        const int from = static_cast<int>(step.from.value_or(0));
        const int to = static_cast<int>(step.to.value_or(0));
        if (step.from && step.to) {
            move(from, to, step.after);
        } else if (step.from) {
            beginRemoveRows({}, from, from);
            m_entries.erase(m_entries.begin() + from);
            endRemoveRows();
        } else if (step.to) {
            beginInsertRows({}, to, to);
            m_entries.insert(m_entries.begin() + to, step.after);
            endInsertRows();
        }
    }
}

const Entry* QueueModel::entry(const QModelIndex& index) const {
    return index.isValid() && index.row() < rowCount()
               ? m_entries[static_cast<std::size_t>(index.row())].get()
               : nullptr;
}

QModelIndex QueueModel::indexOf(const std::string& uuid) const {
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&](const auto& entry) { return entry->glacier.outline->uuid == uuid; });
    return found != m_entries.end() ? index(static_cast<int>(found - m_entries.begin())) : QModelIndex();
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
        return text(outlines::listedName(*found->glacier.outline));
    case Qt::DecorationRole:
        return iconOf(*found->glacier.outline);
    case Qt::ToolTipRole:
        return tipOf(*found, index.row());
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1, %2").arg(text(outlines::listedName(*found->glacier.outline)),
                                            whyText(*found));
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
