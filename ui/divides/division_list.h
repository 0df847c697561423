// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <QString>
#include <QTreeWidget>

#include <optional>
#include <string>
#include <vector>

namespace nunatak::ui::divides {

/// What becomes of glaciers, under headings. A row flies there; one that would be divided can be left out.
class DivisionList : public QTreeWidget {
    Q_OBJECT

public:
    struct Row {
        QString glacier;
        QString what; ///< what becomes of it, or why nothing does
        std::string uuid;
        geo::Extent extent;               ///< where it is (project CRS)
        std::optional<bool> isIncluded{}; ///< none: there is nothing to choose
    };
    struct Group {
        QString title;
        std::vector<Row> rows;
    };

    explicit DivisionList(QWidget* parent = nullptr);

    /// What is folded, and how far it is scrolled, stays.
    void show(std::vector<Group> groups);

Q_SIGNALS:
    void placeActivated(const nunatak::geo::Extent& extent);
    void included(const std::string& uuid, bool isIncluded);

private:
    const Row* rowOf(const QTreeWidgetItem* item) const;
    void activate(const QTreeWidgetItem* item);

    std::vector<Group> m_groups;
    bool m_isFilling = false;
};

} // namespace nunatak::ui::divides
