// SPDX-License-Identifier: GPL-3.0-or-later
#include "layer_table.h"

#include "connection.h"
#include "schema.h"

#include <algorithm>
#include <cctype>

namespace nunatak::database {

namespace {

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    return text;
}

struct ColumnOf {
    std::string name;
    bool isKey = false;
    bool isBlob = false;
};

std::vector<ColumnOf> columnsOf(SQLite::Database& connection, const std::string& table) {
    std::vector<ColumnOf> columns;
    SQLite::Statement rows(connection, "SELECT name, type, pk FROM pragma_table_info(?)");
    rows.bindNoCopy(1, table);
    while (rows.executeStep()) {
        columns.push_back({rows.getColumn(0).getString(), rows.getColumn(2).getInt() > 0,
                           lower(rows.getColumn(1).getString()).starts_with("blob")});
    }
    return columns;
}

} // namespace

bool LayerTable::has(const char* column) const {
    return std::find(missing.begin(), missing.end(), column) == missing.end();
}

LayerTable layerTable(SQLite::Database& connection, const std::string& layer, int projectSrsId) {
    LayerTable table;
    table.layer = layer;
    table.srsId = projectSrsId;
    SQLite::Statement known(connection,
                            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ? COLLATE NOCASE");
    known.bindNoCopy(1, layer);
    table.exists = known.executeStep();
    if (!table.exists) {
        return table;
    }
    if (connection.tableExists("gpkg_geometry_columns")) {
        SQLite::Statement geometry(connection, "SELECT column_name, srs_id FROM gpkg_geometry_columns WHERE "
                                               "table_name = ? COLLATE NOCASE");
        geometry.bindNoCopy(1, layer);
        if (geometry.executeStep()) {
            table.geometry = geometry.getColumn(0).getString();
            table.srsId = geometry.getColumn(1).getInt();
            table.saysSrs = true;
        }
    }
    const std::vector<ColumnOf> columns = columnsOf(connection, layer);
    const auto isThere = [&](const std::string& name) {
        return std::any_of(columns.begin(), columns.end(),
                           [&](const ColumnOf& column) { return lower(column.name) == lower(name); });
    };
    if (table.geometry.empty() && isThere("geom")) {
        table.geometry = "geom";
    } else if (!isThere(table.geometry)) {
        table.geometry.clear();
    }
    for (const char* column : ownColumns) {
        if (!isThere(column)) {
            table.missing.emplace_back(column);
        }
    }
    for (const ColumnOf& column : columns) {
        if (column.isKey) {
            table.key = column.name;
        }
        const std::string name = lower(column.name);
        const bool ours = std::find(ownColumns.begin(), ownColumns.end(), name) != ownColumns.end();
        if (!ours && !column.isKey && !column.isBlob && name != lower(table.geometry)) {
            table.added.push_back(column.name);
        }
    }
    return table;
}

std::vector<std::string> columnsSince(int version) {
    std::vector<std::string> columns;
    if (version < reviewVersion) {
        columns.emplace_back("review");
    }
    if (version < inventoryVersion) {
        columns.insert(columns.end(), {"analyst", "origin", "changed"});
    }
    if (version < reviewRecordVersion) {
        columns.insert(columns.end(), {"reviewer", "review_time", "review_note", "review_outdated"});
    }
    return columns;
}

void restoreColumns(SQLite::Database& connection, LayerTable& table) {
    for (const std::string& column : table.missing) {
        connection.exec("ALTER TABLE " + sqlName(table.layer) + " ADD COLUMN " + column +
                        (column == "threshold"                                ? " REAL"
                         : column == "changed" || column == "review_outdated" ? " BOOLEAN"
                                                                              : " TEXT"));
    }
    table.missing.clear();
}

SpatialReference referenceOf(SQLite::Database& connection, int srsId) {
    SpatialReference reference;
    reference.name = "system " + std::to_string(srsId);
    if (srsId <= 0 || !connection.tableExists("gpkg_spatial_ref_sys")) {
        return reference; // -1 and 0 are the standard's undefined systems
    }
    SQLite::Statement row(connection, "SELECT * FROM gpkg_spatial_ref_sys WHERE srs_id = ?");
    row.bind(1, srsId);
    if (!row.executeStep()) {
        return reference;
    }
    for (int i = 0; i < row.getColumnCount(); ++i) {
        const std::string column = row.getColumn(i).getName();
        const std::string value = row.getColumn(i).getString();
        if (column == "srs_name") {
            reference.name = value;
        } else if (column == "organization") {
            reference.organization = value;
        } else if (column == "organization_coordsys_id") {
            reference.code = row.getColumn(i).getInt();
        } else if (column == "definition" && value != "undefined") {
            reference.definition = value;
        } else if (column == "definition_12_063" && value != "undefined") {
            reference.wkt = value;
        }
    }
    return reference;
}

} // namespace nunatak::database
