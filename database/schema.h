// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/rows.h"
#include "layer_table.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <array>
#include <string>
#include <vector>

namespace nunatak::database {

/// Our tables without which a file is still a project.
inline constexpr std::array<const char*, 5> restorableTables{
    "gpkgext_nunatak_settings", "gpkgext_nunatak_scenes", "gpkgext_nunatak_history",
    "gpkgext_nunatak_changes", "gpkgext_nunatak_runs"};

/// GeoPackage's own tables and ours in an empty database.
void makeTables(SQLite::Database& connection, const SpatialReference& crs);

/// Those of them that are not there, empty; within a transaction.
void restoreAllTables(SQLite::Database& connection);

/// Enters a layer into GeoPackage's lists, with its spatial index; within a transaction.
void registerLayer(SQLite::Database& connection, const std::string& layer, const std::string& geometryColumn,
                   int srsId, const std::string& geometryType);

/// An outline table with its R-tree and entries in GeoPackage's tables; keepIndex() is to follow in the same
/// transaction. `geometryType`: one of the standard's names, such as MULTIPOLYGON.
void makeLayerTable(SQLite::Database& connection, const std::string& layer, int srsId,
                    const std::string& geometryType);
/// Enters an outline into the R-tree of such a table: its key, then xmin, xmax, ymin and ymax. For the first
/// ones, which come by the thousand: triggers take three times as long.
std::string indexEntrySql(const std::string& layer);
/// Makes the triggers that keep the R-tree of such a table from here on.
void keepIndex(SQLite::Database& connection, const std::string& layer);

/// Makes tables of ours that another program removed, empty; within a transaction. Returns their names.
std::vector<std::string> restoreOwnTables(SQLite::Database& connection);

/// True where triggers keep a spatial index of the layer whose table is gone.
bool missesIndex(SQLite::Database& connection, const LayerTable& table);
/// Makes that index again; within a transaction.
void restoreIndex(SQLite::Database& connection, const LayerTable& table);

/// Takes a layer's table away, with its index and its entries in GeoPackage's tables; within a transaction.
void dropLayerTable(SQLite::Database& connection, const LayerTable& table);

/// The versions of our tables from which on outlines can have a review, attributes other types than text, a
/// project an inventory, reviews a reviewer, the history steps of other projects and programs, and these say
/// what they changed, and scenes with what step they came.
inline constexpr int reviewVersion = 2;
inline constexpr int typesVersion = 3;
inline constexpr int inventoryVersion = 4;
inline constexpr int reviewRecordVersion = 5;
inline constexpr int mergesVersion = 6;
inline constexpr int contentVersion = 7;
/// The version that a file must have to hold this.
int versionFor(const Transaction& transaction);
/// A column's name, or NULL where a file of an earlier version has none of it.
std::string columnOrNull(SQLite::Database& connection, const char* table, const char* column);
/// The version of the file's tables.
int versionOf(SQLite::Database& connection);
/// Makes the file one of at least that version; within a transaction.
void raiseVersion(SQLite::Database& connection, int version);

/// The srs_id that the outline tables carry.
int projectSrsId(SQLite::Database& connection);

} // namespace nunatak::database
