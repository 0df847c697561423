// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>

namespace nunatak::database {

/// Throws Error, with the trigger's name and what to do, where writing would run a trigger that is none of
/// GeoPackage's: those keep the spatial index and the number of features up to date and touch nothing else.
void throwIfForeignTriggers(SQLite::Database& connection, const std::filesystem::path& file);

} // namespace nunatak::database
