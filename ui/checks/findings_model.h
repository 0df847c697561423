// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/finding.h"

#include <QAbstractItemModel>
#include <QString>

#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace nunatak::ui::checks {

/// What was found as a tree: a row for each kind, and below it what is of that kind, the largest first.
class FindingsModel : public QAbstractItemModel {
    Q_OBJECT

public:
    enum Column { What, Size, ColumnCount };
    /// What people call an outline that a finding names.
    using Name = std::function<QString(const outlines::OutlineRef&)>;

    using QAbstractItemModel::QAbstractItemModel;

    void setFindings(std::vector<editing::Finding> findings, const Name& name);
    /// Those that name one of these outlines go, and what was found of them since comes.
    void replace(const std::set<std::string>& uuids, std::vector<editing::Finding> found, const Name& name);
    /// Those that name one of these outlines may be another by now.
    void setStale(const std::set<std::string>& uuids);
    /// Why they were not repaired.
    void setRefused(const std::vector<std::pair<editing::Finding, std::string>>& refused);

    bool isEmpty() const { return m_groups.empty(); }
    /// There is one that can be put right without asking anybody.
    bool hasRepairable() const;
    /// "54 gaps, 14 overlaps"; empty where there is none.
    QString counts() const;
    std::vector<editing::Finding> all() const;
    /// Null for the row of a kind.
    const editing::Finding* finding(const QModelIndex& index) const;
    /// What the rows are, a kind's with all that is below it; each once.
    std::vector<editing::Finding> findings(const QModelIndexList& rows) const;
    /// What is to say of a row, in sentences.
    QString sentences(const QModelIndex& index) const;
    /// Where the finding of this kind and these outlines is; of several the nearest one to its place.
    QModelIndex indexOf(const editing::Finding& finding) const;
    /// Of the row of a kind.
    QModelIndex indexOf(editing::Fault kind) const;
    editing::Fault kindOf(const QModelIndex& index) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        editing::Finding finding;
        QString glaciers;
        QString refused; ///< why it was not repaired; empty: nobody tried
        bool isStale = false;
    };
    struct Group {
        editing::Fault kind;
        std::vector<Row> rows;
    };

    static bool names(const editing::Finding& finding, const std::set<std::string>& uuids);
    void put(std::vector<editing::Finding> findings, const Name& name);
    void sort();
    const Group& groupOf(const QModelIndex& index) const;
    const Row* rowOf(const QModelIndex& index) const;

    std::vector<Group> m_groups; ///< none is empty
};

/// "Gaps", "Overlaps".
QString kindTitle(editing::Fault kind);
/// "3.5 m", "120 m²"; empty where a finding has no size.
QString sizeText(const editing::Finding& finding);

} // namespace nunatak::ui::checks
