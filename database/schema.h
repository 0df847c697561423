// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/rows.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <string>

namespace nunatak::database {

/// Our columns of an outline table, in the order in which rows are read and written; tables of version 1 have
/// no column `review`.
inline constexpr const char* featureColumns =
    "uuid, name, src_date, scene, sensor, model, model_fingerprint, run, threshold, attributes, geom";

/// GeoPackage's own tables and ours in an empty database.
void makeTables(SQLite::Database& connection, const SpatialReference& crs);

/// An outline table with its R-tree, triggers and entries in GeoPackage's tables.
void makeLayerTable(SQLite::Database& connection, const std::string& layer, int srsId);

/// Whether outlines of a layer can carry a review.
bool hasReviewColumn(SQLite::Database& connection, const std::string& layer);
/// Makes them able to where they are not, and the file one of version 2; within a transaction.
void makeReviewable(SQLite::Database& connection, const std::string& layer);

/// The srs_id that the outline tables carry.
int projectSrsId(SQLite::Database& connection);

} // namespace nunatak::database
