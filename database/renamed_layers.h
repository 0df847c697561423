// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <map>
#include <string>
#include <vector>

namespace nunatak::database {

/// Layers whose table another program gave another name (QGIS and GDAL do), by the name that the project
/// knows. A table is a layer's when it is built as one, nothing else of the file accounts for it, and it
/// holds outlines that the history says the layer had.
std::map<std::string, std::string> renamedLayers(SQLite::Database& connection);

/// Tables that are built as a layer's and are none of the project's; their names.
std::vector<std::string> strayLayerTables(SQLite::Database& connection);

std::string renameNote(const std::string& before, const std::string& after);

/// Calls those layers so from now on, in history and runs, too; within a transaction.
void followRenames(SQLite::Database& connection, const std::map<std::string, std::string>& renamed);

} // namespace nunatak::database
