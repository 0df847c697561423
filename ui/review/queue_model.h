// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "review/review_queue.h"

#include <QAbstractListModel>
#include <QString>

#include <string>
#include <unordered_map>
#include <vector>

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

    /// Rows come, go and move; who stands on one stays there.
    void setEntries(std::vector<nunatak::review::ReviewQueue::Entry> entries);
    const nunatak::review::ReviewQueue::Entry* entry(const QModelIndex& index) const;
    /// Not valid where it is not in the queue.
    QModelIndex indexOf(const std::string& uuid) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    using Entries = std::vector<nunatak::review::ReviewQueue::Entry>;
    using Rows = std::unordered_map<std::string, int>;

    static Rows rowsOf(const Entries& entries);
    /// Takes away what `now` has not. False: so much goes that it is not worth while.
    bool removeAllBut(const Rows& now);

    Entries m_entries;
    Rows m_rows; ///< by UUID
};

/// Why it is in the queue, in words; of one that nothing speaks against that it was not looked at yet.
QString whyText(const nunatak::review::ReviewQueue::Entry& entry);

} // namespace nunatak::ui::review
