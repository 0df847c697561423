// SPDX-License-Identifier: GPL-3.0-or-later
#include "connection.h"
#include "store_impl.h"

// A part of a project as a file of its own. It is a copy without what is others', so that all that other
// programs keep in the file (styles, columns, tables) stays.
namespace nunatak::database {

namespace {

void drop(SQLite::Database& connection, const std::vector<LayerTable>& tables, const PartOfProject& part) {
    connection.exec("CREATE TEMP TABLE kept (layer TEXT NOT NULL, uuid TEXT NOT NULL, PRIMARY KEY (layer, "
                    "uuid)) WITHOUT ROWID");
    SQLite::Statement keep(connection, "INSERT OR IGNORE INTO temp.kept VALUES (?, ?)");
    for (const auto& [layer, uuids] : part.outlines) {
        for (const std::string& uuid : uuids) {
            keep.bindNoCopy(1, layer);
            keep.bindNoCopy(2, uuid);
            keep.exec();
            keep.reset();
        }
    }
    for (const LayerTable& table : tables) {
        SQLite::Statement removal(connection, "DELETE FROM main." + sqlName(table.layer) +
                                                  " WHERE uuid IS NULL OR uuid NOT IN (SELECT uuid FROM "
                                                  "temp.kept WHERE layer = ?)");
        removal.bind(1, table.layer);
        removal.exec();
    }
    connection.exec("DELETE FROM gpkgext_nunatak_changes WHERE (layer, uuid) NOT IN (SELECT layer, uuid FROM "
                    "temp.kept)");
    if (connection.tableExists("gpkgext_nunatak_merged_changes")) {
        connection.exec(
            "DELETE FROM gpkgext_nunatak_merged_changes WHERE (layer, uuid) NOT IN (SELECT layer, "
            "uuid FROM temp.kept)");
    }
    if (connection.tableExists("gpkg_ogr_contents")) {
        connection.exec("UPDATE gpkg_ogr_contents SET feature_count = NULL"); // GDAL counts again
    }
    connection.exec("DROP TABLE temp.kept");
}

} // namespace

void Store::copyPart(const std::filesystem::path& made, const std::filesystem::path& name,
                     const PartOfProject& part) {
    copyInto(made);
    std::vector<LayerTable> tables;
    {
        // Outlines that another program added have their UUIDs, and layers that it renamed their history.
        Store store(made, Mode::ReadWrite);
        store.m_impl->file = name;
        store.m_impl->recognise = m_impl->recognise;
        static_cast<void>(store.settle());
        tables = store.m_impl->layerTables();
        store.close();
    }
    wrapped(name, [&] {
        SQLite::Database connection = openForWriting(made, false);
        // Nobody knows the file yet, and one that was begun is thrown away.
        connection.exec("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF");
        connection.exec("BEGIN");
        drop(connection, tables, part);
        connection.exec("COMMIT");
        connection.exec("VACUUM");
    });
    {
        Store store(made, Mode::ReadWrite);
        store.m_impl->file = name; // what messages shall say
        wrapped(name, [&] {
            WriteScope scope(store.m_impl->connection);
            for (const Transaction& more : part.more) {
                store.m_impl->writeAll(more);
            }
            scope.commit();
        });
        store.close();
    }
}

} // namespace nunatak::database
