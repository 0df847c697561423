// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <string>

namespace nunatak::database {

/// Gives a layer's table the look that QGIS opens it with, where it has none (the table layer_styles, as
/// QGIS itself keeps it): by what the layer is, and by the reviews of its outlines. With the first one all
/// layers of the project that have none get theirs. Within a transaction.
void addLayerStyle(SQLite::Database& connection, const std::string& layer);

/// Takes the looks of a layer's table away, whoever made them; within a transaction.
void removeLayerStyles(SQLite::Database& connection, const std::string& layer);

} // namespace nunatak::database
