// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/import_options.h"
#include "exchange/outline_files.h"

#include <map>
#include <set>
#include <string>
#include <vector>

// Which column of a file says what.
namespace nunatak::exchange {

/// The different texts of a column, as far as they may be needed to tell what it is.
using ColumnTexts = std::map<std::string, std::set<std::string>>;

/// True for columns whose texts decide what they are: those that may hold dates or kinds of lines.
bool isToldByItsTexts(const std::string& column, const FieldMapping& mapping);

/// Gives each column its role: what the mapping says, else what RGI 6 and 7, GLIMS and national inventories
/// call it; of several with one role the surest comes first (rank). A date's order is told from its texts
/// where the mapping does not say it. Throws Error when the mapping names a column that is not there; `file`
/// is for the message.
void assignRoles(std::vector<SourceColumn>& columns, const FieldMapping& mapping, const ColumnTexts& texts,
                 const std::string& file);

/// "name from Glacier, date from date (day first)": what was understood under another name than our own, and
/// which roles no column has. Empty where there is nothing to say.
std::vector<std::string> roleNotes(const std::vector<SourceColumn>& columns);

} // namespace nunatak::exchange
