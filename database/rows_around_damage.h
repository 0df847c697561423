// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <functional>
#include <string>

namespace nunatak::database {

/// What was read of a table around the places where it cannot be read.
struct ReadAround {
    std::int64_t rows = 0;
    std::int64_t lost = 0; ///< rows that are there and cannot be read
    bool hasGap = false;   ///< keys are missing whose rows may have been there
};

/// Rows of `table` in the order of an integer `key` (its rowid, or the first column of its primary key),
/// which is column 0 of what `take` gets, with `columns` behind it. A row that cannot be read, or lies on a
/// page that cannot, is left out, and reading goes on behind it. Throws SQLite's exception where nothing can
/// be asked of the table.
ReadAround readAround(SQLite::Database& connection, const std::string& table, const std::string& key,
                      const std::string& columns, const std::function<void(SQLite::Statement& row)>& take);

} // namespace nunatak::database
