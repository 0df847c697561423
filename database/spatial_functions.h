// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

struct sqlite3;

namespace nunatak::database {

/// Registers ST_IsEmpty, ST_MinX, ST_MaxX, ST_MinY and ST_MaxY, which the GeoPackage standard's R-tree
/// triggers call; innocuous, so that triggers may call them in a connection that trusts no schema. Returns
/// SQLite's code.
int registerSpatialFunctions(sqlite3* connection);

} // namespace nunatak::database
