// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "review/review_queue.h"

#include <QAbstractListModel>
#include <QString>

#include <string>

namespace nunatak::ui::review {

/// The glaciers of a queue as rows, what needs an eye most first. A row says its name; what else is painted
/// of it comes by the roles.
class QueueModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role {
        Why = Qt::UserRole, ///< "62 % unsure, in shadow"; never empty
        Size,               ///< "3.42 km²"
        Score,              ///< 0 to 1
        State               ///< accepted, doubtful and so on; empty: nobody said anything
    };

    using QAbstractListModel::QAbstractListModel;

    /// All of it anew.
    void setEntries(nunatak::review::ReviewQueue::Entries entries);
    /// What became of single rows; who stands on one stays there.
    void apply(const nunatak::review::ReviewQueue::Steps& steps);
    const nunatak::review::ReviewQueue::Entry* entry(const QModelIndex& index) const;
    /// Not valid where it is not in the queue.
    QModelIndex indexOf(const std::string& uuid) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    void move(int from, int to, nunatak::review::ReviewQueue::EntryHandle entry);

    nunatak::review::ReviewQueue::Entries m_entries;
};

/// Why it is in the queue, in words; of one that nothing speaks against that it was not looked at yet.
QString whyText(const nunatak::review::ReviewQueue::Entry& entry);

} // namespace nunatak::ui::review
