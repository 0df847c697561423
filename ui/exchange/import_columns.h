// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/outline_files.h"

#include <functional>
#include <string>
#include <vector>

class QTableWidget;

namespace nunatak::ui::exchange {

/// Headers and behaviour of the table of a file's columns: name, what it is taken for, examples.
void prepareColumns(QTableWidget& table);

/// A column was said to be something else than it was taken for.
struct ColumnChange {
    std::string column;
    nunatak::exchange::FieldRole was = nunatak::exchange::FieldRole::Other;
    nunatak::exchange::FieldRole role = nunatak::exchange::FieldRole::Other;
    DateOrder order = DateOrder::Unsaid;
};
using ColumnChanged = std::function<void(const ColumnChange&)>;

/// Fills the table; each row has a box for what the column says, dates one for what stands first in them.
void showColumns(QTableWidget& table, const std::vector<nunatak::exchange::SourceColumn>& columns,
                 ColumnChanged changed);

/// A column has one role, and a role one column: what was said before of either is taken back.
void changeMapping(nunatak::exchange::FieldMapping& mapping, const ColumnChange& change);

} // namespace nunatak::ui::exchange
