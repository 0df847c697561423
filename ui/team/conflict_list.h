// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/join.h"

#include <QTreeWidget>

#include <map>
#include <string>
#include <vector>

namespace nunatak::ui::team {

/// What two people changed, side by side: a glacier a row, below it what they said otherwise. One of two
/// boxes is ticked in each.
class ConflictList : public QTreeWidget {
    Q_OBJECT

public:
    explicit ConflictList(QWidget* parent = nullptr);

    /// What was decided of the same conflicts before stays.
    void setConflicts(std::vector<project::JoinConflict> conflicts);
    const std::vector<project::JoinConflict>& conflicts() const { return m_conflicts; }

    /// By JoinConflict::key(), those that are decided.
    std::map<std::string, project::Choice> decisions() const;
    int undecided() const;
    /// Of all; Newer leaves what is of the same second.
    void decideAll(project::Prefer prefer);

Q_SIGNALS:
    void decided();
    /// Null: none is chosen.
    void chosen(const nunatak::project::JoinConflict* conflict);

private:
    void addRow(std::size_t number);
    void follow(QTreeWidgetItem* item, int column);
    void show(QTreeWidgetItem* item, project::Choice choice);
    /// The row of a conflict, or of something below it; null: none.
    static QTreeWidgetItem* rowOf(QTreeWidgetItem* item);

    std::vector<project::JoinConflict> m_conflicts; ///< with what is chosen
    bool m_isShowing = false;                       ///< boxes are ticked by the program
};

} // namespace nunatak::ui::team
