// SPDX-License-Identifier: GPL-3.0-or-later
#include "renamed_layers.h"

#include "connection.h"
#include "store_impl.h"

#include <algorithm>
#include <array>

namespace nunatak::database {

namespace {

/// Columns that every layer's table has had in every version, and hardly another program's.
constexpr std::array<const char*, 4> ofALayer{"uuid", "src_date", "model_fingerprint", "attributes"};

struct Gone {
    std::string name;
    bool isInventory = false;
};

/// Layers of the project of which the file has neither a table nor a view.
std::vector<Gone> goneLayers(SQLite::Database& connection) {
    std::vector<Gone> gone;
    SQLite::Statement rows(
        connection, "SELECT name, kind IN ('inventory', 'corrected') FROM gpkgext_nunatak_layers WHERE "
                    "lower(name) NOT IN (SELECT lower(name) FROM sqlite_master WHERE type IN ('table', "
                    "'view')) ORDER BY position");
    while (rows.executeStep()) {
        gone.push_back({rows.getColumn(0).getString(), rows.getColumn(1).getInt() != 0});
    }
    return gone;
}

bool hasColumn(SQLite::Database& connection, const std::string& table, const char* column) {
    SQLite::Statement known(connection, "SELECT 1 FROM pragma_table_info(?) WHERE name = ? COLLATE NOCASE");
    known.bindNoCopy(1, table);
    known.bindNoCopy(2, column);
    return known.executeStep();
}

/// How many of the outlines of a table the history knows as the layer's.
int common(SQLite::Database& connection, const std::string& layer, const std::string& table) {
    SQLite::Statement count(connection, "SELECT COUNT(*) FROM " + sqlName(table) +
                                            " WHERE uuid IN (SELECT uuid FROM gpkgext_nunatak_changes WHERE "
                                            "layer = ? COLLATE NOCASE)");
    count.bindNoCopy(1, layer);
    return count.executeStep() ? count.getColumn(0).getInt() : 0;
}

/// Only outlines of an inventory say how they came to be. A prediction and the inventory that was started
/// from it have the same UUIDs.
bool isInventory(SQLite::Database& connection, const std::string& table) {
    return hasColumn(connection, table, "origin") &&
           SQLite::Statement(connection, "SELECT 1 FROM " + sqlName(table) +
                                             " WHERE origin IS NOT NULL AND origin != '' LIMIT 1")
               .executeStep();
}

} // namespace

std::vector<std::string> strayLayerTables(SQLite::Database& connection) {
    std::vector<std::string> names;
    SQLite::Statement tables(
        connection,
        "SELECT name FROM sqlite_master AS known WHERE type = 'table' AND name NOT LIKE 'gpkg%' "
        "AND name NOT LIKE 'rtree\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND "
        "lower(name) NOT IN (SELECT lower(name) FROM gpkgext_nunatak_layers) ORDER BY rowid");
    while (tables.executeStep()) {
        const std::string name = tables.getColumn(0).getString();
        const bool isBuiltSo = std::all_of(ofALayer.begin(), ofALayer.end(), [&](const char* column) {
            return hasColumn(connection, name, column);
        });
        if (isBuiltSo) {
            names.push_back(name);
        }
    }
    return names;
}

std::map<std::string, std::string> renamedLayers(SQLite::Database& connection) {
    std::map<std::string, std::string> renamed;
    const std::vector<Gone> gone = goneLayers(connection);
    if (gone.empty() || !connection.tableExists("gpkgext_nunatak_changes")) {
        return renamed;
    }
    std::map<std::string, std::vector<std::string>> layersOf; // by table
    std::map<std::string, int> tablesOf;                      // by layer
    for (const std::string& table : strayLayerTables(connection)) {
        for (const Gone& layer : gone) {
            if (layer.isInventory == isInventory(connection, table) &&
                common(connection, layer.name, table) > 0) {
                layersOf[table].push_back(layer.name);
                ++tablesOf[layer.name];
            }
        }
    }
    for (const auto& [table, layers] : layersOf) {
        if (layers.size() == 1 && tablesOf[layers.front()] == 1) {
            renamed[layers.front()] = table;
        }
    }
    return renamed;
}

std::string renameNote(const std::string& before, const std::string& after) {
    return "Another program renamed the layer " + before + " to " + after +
           "; it is the same layer here, with its history.";
}

void followRenames(SQLite::Database& connection, const std::map<std::string, std::string>& renamed) {
    for (const auto& [before, after] : renamed) {
        const auto rename = [&, &before = before, &after = after](const char* table, const char* column) {
            if (connection.tableExists(table)) {
                SQLite::Statement update(connection, std::string("UPDATE OR IGNORE ") + table + " SET " +
                                                         column + " = ?2 WHERE " + column +
                                                         " = ?1 COLLATE NOCASE");
                update.bindNoCopy(1, before);
                update.bindNoCopy(2, after);
                update.exec();
            }
        };
        rename("gpkgext_nunatak_layers", "name");
        rename("gpkgext_nunatak_changes", "layer");
        rename("gpkgext_nunatak_layer_changes", "name");
        rename("gpkgext_nunatak_merged_changes", "layer");
        rename("gpkgext_nunatak_runs", "layer");
        // Where a statement renamed the table alone.
        for (const char* table :
             {"gpkg_contents", "gpkg_geometry_columns", "gpkg_extensions", "gpkg_ogr_contents"}) {
            rename(table, "table_name");
        }
    }
}

const std::map<std::string, std::string>& Store::Impl::renamed() {
    if (!foundRenamed) {
        foundRenamed = renamedLayers(connection);
    }
    return *foundRenamed;
}

std::string Store::Impl::nameNow(const std::string& layer) {
    const auto found = renamed().find(layer);
    return found == renamed().end() ? layer : found->second;
}

std::string Store::Impl::nameThen(const std::string& layer) {
    for (const auto& [before, after] : renamed()) {
        if (after == layer) {
            return before;
        }
    }
    return layer;
}

} // namespace nunatak::database
