// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/rows.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <array>
#include <string>
#include <vector>

namespace nunatak::database {

/// Our columns of an outline table but for the geometry, in the order in which rows are read and written.
inline constexpr std::array<const char*, 18> ownColumns{
    "uuid",        "name",           "src_date", "scene",
    "sensor",      "model",          "run",      "model_fingerprint",
    "threshold",   "attributes",     "review",   "analyst",
    "origin",      "changed",        "reviewer", "review_time",
    "review_note", "review_outdated"};

/// Those of them that a file of this version has not had yet.
std::vector<std::string> columnsSince(int version);

/// The table of a layer as it is now, whatever other programs did to it: columns are found by name, and
/// outlines lie in the system that the file says.
struct LayerTable {
    std::string layer;
    bool exists = false;
    std::string geometry;             ///< the geometry's column; empty: there is none
    std::string key;                  ///< the primary key's column; empty: there is none
    std::vector<std::string> missing; ///< of ownColumns
    std::vector<std::string> added;   ///< columns of other programs, which hold more of the outlines
    int srsId = 0;                    ///< of the geometries
    bool saysSrs = false;             ///< false: srsId is the project's for want of another

    bool has(const char* column) const;
    /// A view, or a table without a geometry: nothing can be read.
    bool isReadable() const { return exists && !geometry.empty(); }
};

LayerTable layerTable(SQLite::Database& connection, const std::string& layer, int projectSrsId);

/// Adds the columns of ours that are missing; within a transaction.
void restoreColumns(SQLite::Database& connection, LayerTable& table);

/// A system of the file by its id; without a definition where the file has none.
SpatialReference referenceOf(SQLite::Database& connection, int srsId);

} // namespace nunatak::database
