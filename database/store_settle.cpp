// SPDX-License-Identifier: GPL-3.0-or-later
#include "renamed_layers.h"
#include "row_names.h"
#include "schema.h"
#include "store_impl.h"

#include <algorithm>

namespace nunatak::database {

namespace {

/// True when each outline of a layer has a UUID of its own; one with a number behind it has to be looked at.
bool hasNames(SQLite::Database& connection, const LayerTable& table) {
    if (!table.has("uuid")) {
        return false;
    }
    const std::string name = sqlName(table.layer);
    for (const std::string& question :
         {"SELECT 1 FROM " + name + " WHERE uuid IS NULL OR uuid = '' LIMIT 1",
          "SELECT 1 FROM " + name + " GROUP BY uuid HAVING COUNT(*) > 1 LIMIT 1",
          "SELECT 1 FROM " + name + " WHERE length(uuid) > 37 LIMIT 1"}) {
        if (SQLite::Statement(connection, question).executeStep()) {
            return false;
        }
    }
    return true;
}

} // namespace

bool Store::Impl::isInHistory(const std::string& layer, const std::string& uuid) {
    if (!connection.tableExists("gpkgext_nunatak_changes")) {
        return false;
    }
    SQLite::Statement found(connection,
                            "SELECT 1 FROM gpkgext_nunatak_changes WHERE layer = ? AND uuid = ? LIMIT 1");
    const std::string nameOfTheTime = nameThen(layer);
    found.bindNoCopy(1, nameOfTheTime);
    found.bindNoCopy(2, uuid);
    return found.executeStep();
}

void Store::Impl::nameOutlines(LayerTable& table) {
    if (!table.has("uuid")) {
        restoreColumns(connection, table);
    }
    const std::string name = sqlName(table.layer);
    const std::string key = table.key.empty() ? "_rowid_" : sqlName(table.key);
    std::vector<std::int64_t> unnamed;
    RowNames names(table.layer, [&](const std::string& uuid) { return isInHistory(table.layer, uuid); });
    SQLite::Statement rows(connection, "SELECT " + key + ", uuid FROM " + name + " ORDER BY " + key);
    while (rows.executeStep()) {
        if (!names.keeps(rows.getColumn(1).getString())) {
            unnamed.push_back(rows.getColumn(0).getInt64());
        }
    }
    rows.reset();
    SQLite::Statement geometry(connection, "SELECT " + sqlName(table.geometry) + " FROM " + name + " WHERE " +
                                               key + " = ?");
    SQLite::Statement update(connection, "UPDATE " + name + " SET uuid = ? WHERE " + key + " = ?");
    int given = 0;
    for (const std::int64_t row : unnamed) {
        std::string uuid = recognise ? uuidOf(table, rowOf(table, row)) : std::string();
        if (!uuid.empty() && names.gives(uuid)) {
            recognised[table.layer].insert(uuid);
        } else {
            geometry.bind(1, row);
            geometry.executeStep();
            const SQLite::Column blob = geometry.getColumn(0);
            const auto* first = static_cast<const std::uint8_t*>(blob.getBlob());
            uuid = names.make(row, {first, static_cast<std::size_t>(blob.getBytes())});
            ++given;
        }
        update.bind(1, uuid);
        update.bind(2, row);
        update.exec();
        update.reset();
        geometry.reset();
    }
    named[table.layer] = given;
}

std::vector<std::string> Store::settle() {
    return wrapped(m_impl->file, [&] {
        std::vector<std::string> notes;
        SQLite::Database& connection = m_impl->connection;
        const auto renamed = m_impl->renamed();
        const std::vector<LayerTable> tables = m_impl->layerTables();
        const bool isWhole = renamed.empty() &&
                             std::all_of(restorableTables.begin(), restorableTables.end(),
                                         [&](const char* table) { return connection.tableExists(table); }) &&
                             std::all_of(tables.begin(), tables.end(), [&](const LayerTable& table) {
                                 return hasNames(connection, table) && !missesIndex(connection, table);
                             });
        if (isWhole) {
            return notes; // a project that needs nothing is not written
        }
        WriteScope scope(connection);
        followRenames(connection, renamed);
        m_impl->foundRenamed.emplace(); // the history calls them so, too, from here on
        for (const auto& [before, after] : renamed) {
            notes.push_back(renameNote(before, after));
        }
        for (const std::string& table : restoreOwnTables(connection)) {
            notes.push_back("Another program removed " + table +
                            " from the project; it is there again, empty.");
        }
        for (LayerTable& table : m_impl->layerTables()) {
            if (missesIndex(connection, table)) {
                restoreIndex(connection, table);
                notes.push_back("The spatial index of the layer " + table.layer +
                                " was gone and has been made again.");
            }
            const bool hadUuids = table.has("uuid");
            m_impl->nameOutlines(table);
            const bool isAnyNew = m_impl->named[table.layer] > 0;
            if (!hadUuids && isAnyNew) {
                m_impl->named[table.layer] = 0; // nobody added these
                notes.push_back(
                    "Another program removed uuid from the layer " + table.layer +
                    "; its outlines have new ones where they are not as the history knows them, and what "
                    "was recorded of those before cannot be taken back.");
            }
        }
        const Identity settled = m_impl->identity();
        scope.commit();
        m_impl->known = settled;
        m_impl->watch.isOverwritten(m_impl->useWal);
        return notes;
    });
}

} // namespace nunatak::database
