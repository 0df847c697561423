// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/staging_folder.h"
#include "base/utf8.h"
#include "base/whole_file.h"
#include "connection.h"
#include "damaged_copy.h"
#include "database/maintenance.h"
#include "database/store.h"
#include "geopackage_blob.h"
#include "layer_table.h"
#include "new_file.h"
#include "rows_around_damage.h"
#include "schema.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <utility>
#include <vector>

#include <sqlite3.h>

namespace nunatak::database {

namespace {

/// A line of SQLite's own list of what a file holds.
struct SchemaRow {
    std::string type;
    std::string name;
    std::string table;
    std::string sql;
};

bool startsWith(const std::string& text, const char* beginning) {
    return sqlite3_strnicmp(text.c_str(), beginning, static_cast<int>(std::string(beginning).size())) == 0;
}

/// A spatial index, and the tables that it consists of: made again from the shapes.
bool isOfIndex(const SchemaRow& row) {
    return startsWith(row.name, "rtree_") || startsWith(row.sql, "CREATE VIRTUAL TABLE");
}

/// What a column holds, by its own type.
void bindAs(const SQLite::Column& column, SQLite::Statement& target, int index) {
    if (column.isInteger()) {
        target.bind(index, column.getInt64());
    } else if (column.isFloat()) {
        target.bind(index, column.getDouble());
    } else if (column.isText()) {
        target.bind(index, column.getString());
    } else if (column.isBlob()) {
        target.bind(index, column.getBlob(), column.getBytes());
    }
}

/// A row on a page that was overwritten can be read and holds noise: a name that is none, or a line that lies
/// on no Earth. `columns` are those of the row from number 1 on.
bool isNoise(SQLite::Statement& row, const std::vector<std::string>& columns) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const SQLite::Column value = row.getColumn(static_cast<int>(i) + 1);
        if (value.isBlob()) {
            const auto* bytes = static_cast<const std::uint8_t*>(value.getBlob());
            if (!canBeOnEarth({bytes, static_cast<std::size_t>(value.getBytes())})) {
                return true;
            }
        } else if (columns[i] == "uuid" && value.isText()) {
            const std::string name = value.getString();
            if (!isUtf8(name) || std::any_of(name.begin(), name.end(), [](unsigned char letter) {
                    return std::iscntrl(letter) != 0;
                })) {
                return true;
            }
        }
    }
    return false;
}

class Salvage {
public:
    /// From `copy` into `made`; `damaged` and `target` are what messages call them.
    Salvage(const std::filesystem::path& damaged, const std::filesystem::path& target,
            const std::filesystem::path& copy, const std::filesystem::path& made, Recovery& report,
            const Progress& progress)
        : m_damaged(damaged), m_source(openForWriting(copy, false)), m_target(openForWriting(made, true)),
          m_file(target), m_report(report), m_progress(progress) {
        // Lines of the schema that make no sense are passed over.
        sqlite3_db_config(m_source.getHandle(), SQLITE_DBCONFIG_DEFENSIVE, 0, nullptr);
        m_source.exec(
            "PRAGMA trusted_schema=OFF; PRAGMA writable_schema=ON; BEGIN"); // one lock for thousands of looks
        m_target.exec("PRAGMA journal_mode=MEMORY; PRAGMA foreign_keys=OFF");
    }

    void run(HistoryRow mark) {
        WriteScope scope(m_target);
        readSchema();
        for (std::size_t i = 0; i < m_schema.size(); ++i) {
            const SchemaRow& row = m_schema[i];
            if (row.type == "table" && !isOfIndex(row) && !startsWith(row.name, "sqlite_")) {
                m_progress.report(static_cast<double>(i) / static_cast<double>(m_schema.size()),
                                  startsWith(row.name, "gpkg") ? "Reading what is said of the layers"
                                                               : "Reading " + row.name);
                makeAndFill(row);
            }
        }
        if (m_tablesMade == 0) {
            throwNothing("no table in it can be found");
        }
        completeTables();
        noteLayersWithoutTable();
        for (const std::string& layer : layers()) {
            restoreLayer(layer);
        }
        restoreOthersIndices();
        for (const SchemaRow& row : m_schema) {
            if (row.type != "table" && !isOfIndex(row) && !isThere(row)) {
                makeAgain(row);
            }
        }
        if (m_target.tableExists("gpkg_ogr_contents")) { // GDAL counts anew what it is not told
            m_target.exec("UPDATE gpkg_ogr_contents SET feature_count = NULL");
        }
        if (!m_report.isWhole) {
            appendMark(std::move(mark));
        }
        scope.commit();
        const std::string verdict = m_target.execAndGet("PRAGMA integrity_check(1)").getString();
        if (verdict != "ok") {
            throwNothing(verdict);
        }
    }

private:
    [[noreturn]] void throwNothing(const std::string& why) const {
        throw Error("Nothing can be read of " + m_damaged.string() + " (" + why +
                    "). Put a copy of it from a backup in its place.");
    }

    void readSchema() {
        const auto found = readAround(
            m_source, "sqlite_master", "rowid", "type, name, tbl_name, sql", [&](SQLite::Statement& row) {
                m_schema.push_back({row.getColumn(1).getString(), row.getColumn(2).getString(),
                                    row.getColumn(3).getString(), row.getColumn(4).getString()});
            });
        if (found.hasGap || found.lost > 0) {
            noteLost("The list of what the file holds is damaged; tables may be missing.");
        }
    }

    bool isThere(const SchemaRow& row) {
        SQLite::Statement known(m_target, "SELECT 1 FROM sqlite_master WHERE name = ? COLLATE NOCASE");
        known.bind(1, row.name);
        return row.sql.empty() || known.executeStep();
    }

    void noteLost(const std::string& sentence) {
        m_report.isWhole = false;
        m_report.notes.push_back(sentence);
    }

    /// One statement that makes something, whatever else stands there.
    bool makeAgain(const SchemaRow& row) {
        if (!startsWith(row.sql, "CREATE ")) {
            return false;
        }
        try {
            SQLite::Statement(m_target, row.sql).exec();
            return true;
        } catch (const SQLite::Exception& failure) {
            if (failure.getErrorCode() != SQLITE_ERROR) {
                throw; // it is the new file that cannot be written
            }
            noteLost("The " + row.type + " " + row.name + " cannot be made again (" + failure.what() + ").");
            return false;
        }
    }

    void makeAndFill(const SchemaRow& row) {
        if (isThere(row) || !makeAgain(row) || !m_target.tableExists(row.name)) {
            return;
        }
        ++m_tablesMade;
        try {
            fill(row.name);
        } catch (const SQLite::Exception&
                     failure) { // of the damaged file; what the new one cannot take is an Error
            noteLost("The table " + row.name + " cannot be read (" + failure.what() + ").");
        }
    }

    void fill(const std::string& table) {
        std::string columns, places, firstKey;
        std::vector<std::string> names;
        bool isKeyed = false; // by the columns alone: there is no rowid
        int count = 0;
        SQLite::Statement about(m_target, "SELECT name, pk FROM pragma_table_info(?)");
        about.bind(1, table);
        while (about.executeStep()) {
            names.push_back(about.getColumn(0).getString());
            columns += (columns.empty() ? "" : ", ") + sqlName(names.back());
            places += ", ?" + std::to_string(++count + 1);
            firstKey = about.getColumn(1).getInt() == 1 ? sqlName(about.getColumn(0).getString()) : firstKey;
        }
        SQLite::Statement kind(m_target, "SELECT wr FROM pragma_table_list WHERE name = ?");
        kind.bind(1, table);
        isKeyed = kind.executeStep() && kind.getColumn(0).getInt() != 0;
        const std::string key = isKeyed ? firstKey : "_rowid_";
        SQLite::Statement insert(m_target, "INSERT OR IGNORE INTO " + sqlName(table) + " (" +
                                               (isKeyed ? "" : "_rowid_, ") + columns + ") VALUES (" +
                                               (isKeyed ? places.substr(2) : "?1" + places) + ")");
        std::int64_t refused = 0;
        const auto found = readAround(m_source, table, key, columns, [&](SQLite::Statement& row) {
            m_progress.throwIfStopped();
            if (isNoise(row, names)) {
                ++refused;
                return;
            }
            wrapped(m_file, [&] {
                insert.reset();
                insert.clearBindings();
                for (int i = isKeyed ? 1 : 0; i <= count; ++i) {
                    bindAs(row.getColumn(i), insert, i + 1);
                }
                refused += insert.exec() == 0 ? 1 : 0;
            });
        });
        RecoveredTable told{table, false, found.rows - refused, found.lost + refused, {}, found.hasGap};
        noteIndexed(table, told);
        const bool isWhole = told.lost == 0 && !found.hasGap;
        m_report.isWhole = m_report.isWhole && isWhole;
        m_isLayerListWhole = m_isLayerListWhole || (isWhole && table == "gpkgext_nunatak_layers");
        m_report.tables.push_back(std::move(told));
    }

    /// What the index of the UUIDs knows of outlines that could not be read.
    void noteIndexed(const std::string& table, RecoveredTable& told) {
        const LayerTable columns = layerTable(m_target, table, 0);
        told.isLayer = !startsWith(table, "gpkg") && columns.has("uuid") && !columns.geometry.empty();
        if (!told.isLayer) {
            return;
        }
        SQLite::Statement known(m_target, "SELECT 1 FROM " + sqlName(table) + " WHERE uuid = ?");
        std::int64_t listed = 0;
        try {
            SQLite::Statement names(m_source, "SELECT uuid FROM " + sqlName(table) + " INDEXED BY " +
                                                  sqlName("sqlite_autoindex_" + table + "_1") +
                                                  " WHERE uuid IS NOT NULL ORDER BY uuid");
            while (names.executeStep()) {
                ++listed;
                known.reset();
                known.bind(1, names.getColumn(0).getString());
                if (!known.executeStep()) {
                    told.uuids.push_back(names.getColumn(0).getString());
                }
            }
            // What the list has and the rows have is all of it, however large the gaps between their keys.
            told.hasUnknown = told.hasUnknown && listed < told.rows + told.lost;
        } catch (const SQLite::Exception&) { // none, or damaged as well: what was read of it counts
        }
        told.lost = std::max(told.lost, static_cast<std::int64_t>(told.uuids.size()));
    }

    std::vector<std::string> layers() const {
        std::vector<std::string> names;
        for (const RecoveredTable& table : m_report.tables) {
            if (table.isLayer) {
                names.push_back(table.name);
            }
        }
        return names;
    }

    /// GeoPackage's tables and ours, where they are gone, and what they have to say.
    void completeTables() {
        std::vector<std::string> gone;
        for (const char* table :
             {"gpkg_spatial_ref_sys", "gpkg_contents", "gpkg_geometry_columns", "gpkg_extensions",
              "gpkgext_nunatak_schema", "gpkgext_nunatak_project", "gpkgext_nunatak_layers",
              "gpkgext_nunatak_history", "gpkgext_nunatak_changes", "gpkgext_nunatak_scenes",
              "gpkgext_nunatak_settings", "gpkgext_nunatak_runs"}) {
            if (!m_target.tableExists(table)) {
                gone.emplace_back(table);
            }
        }
        const bool hadSchema =
            m_target.tableExists("gpkgext_nunatak_schema") && hasRows("gpkgext_nunatak_schema");
        restoreAllTables(m_target);
        if (!hadSchema) {
            m_target.exec("INSERT OR REPLACE INTO gpkgext_nunatak_schema VALUES (1, 1, 'Nunatak')");
            raiseVersion(m_target, Store::schemaVersion);
        }
        for (const std::string& table : gone) {
            noteLost("The table " + table + " is gone; it was made again, empty.");
        }
        if (!hasRows("gpkgext_nunatak_project")) {
            restoreReference();
        }
    }

    /// The file says that there was a layer, and where its outlines lie cannot be read.
    void noteLayersWithoutTable() {
        SQLite::Statement described(m_target, "SELECT name FROM gpkgext_nunatak_layers ORDER BY position");
        while (described.executeStep()) {
            const std::string layer = described.getColumn(0).getString();
            if (!m_target.tableExists(layer)) {
                noteLost("Of the layer " + layer + " nothing could be found but its name.");
            }
        }
    }

    bool hasRows(const std::string& table) {
        return SQLite::Statement(m_target, "SELECT 1 FROM " + sqlName(table) + " LIMIT 1").executeStep();
    }

    /// The project's system, as the layers say it.
    void restoreReference() {
        SQLite::Statement row(
            m_target, "SELECT r.srs_id FROM gpkg_spatial_ref_sys AS r JOIN gpkg_geometry_columns AS g ON "
                      "g.srs_id = r.srs_id WHERE r.srs_id > 0 GROUP BY r.srs_id ORDER BY COUNT(*) DESC");
        if (!row.executeStep()) {
            throwNothing("neither the project nor a layer says in which coordinate system it is");
        }
        const int srsId = row.getColumn(0).getInt();
        const SpatialReference reference = referenceOf(m_target, srsId);
        SQLite::Statement project(m_target,
                                  "INSERT OR REPLACE INTO gpkgext_nunatak_project VALUES (1, ?, ?)");
        project.bind(1, reference.code > 0 && reference.organization == "EPSG"
                            ? "EPSG:" + std::to_string(reference.code)
                        : reference.wkt.empty() ? reference.definition
                                                : reference.wkt);
        project.bind(2, srsId);
        project.exec();
        noteLost("The project's coordinate system could not be read; it is that of its layers, " +
                 reference.name + ".");
    }

    /// Its spatial index, and its lines in the lists of layers.
    void restoreLayer(const std::string& layer) {
        const int srsId = projectSrsId(m_target);
        if (LayerTable table = layerTable(m_target, layer, srsId); !table.saysSrs) {
            SQLite::Statement type(m_target, "SELECT type FROM pragma_table_info(?) WHERE name = ?");
            type.bind(1, layer);
            type.bind(2, table.geometry);
            type.executeStep();
            registerLayer(m_target, layer, table.geometry, srsId, type.getColumn(0).getString());
        }
        restoreIndex(m_target, layerTable(m_target, layer, srsId));
        SQLite::Statement known(m_target,
                                "SELECT 1 FROM gpkgext_nunatak_layers WHERE name = ? COLLATE NOCASE");
        known.bind(1, layer);
        if (!known.executeStep() && !m_isLayerListWhole) {
            SQLite::Statement add(m_target,
                                  "INSERT INTO gpkgext_nunatak_layers (name, kind, scene, date, model, "
                                  "model_fingerprint) VALUES (?, 'expert', '', '', '', '')");
            add.bind(1, layer);
            add.exec();
            noteLost("What the layer " + layer +
                     " is could not be read; it is an expert's now, from which an inventory can be started.");
        }
    }

    void restoreOthersIndices() {
        std::vector<std::string> indexed;
        SQLite::Statement columns(m_target, "SELECT table_name, column_name FROM gpkg_geometry_columns");
        while (columns.executeStep()) {
            const std::string table = columns.getColumn(0).getString();
            const std::string index = "rtree_" + table + "_" + columns.getColumn(1).getString();
            const bool isKnown = std::any_of(m_schema.begin(), m_schema.end(),
                                             [&](const SchemaRow& row) { return row.name == index; });
            if (isKnown && m_target.tableExists(table) && !m_target.tableExists(index)) {
                indexed.push_back(table);
            }
        }
        columns.reset();
        for (const std::string& table : indexed) {
            if (const LayerTable known = layerTable(m_target, table, projectSrsId(m_target));
                known.isReadable()) {
                restoreIndex(m_target, known);
            }
        }
    }

    void appendMark(HistoryRow mark) {
        raiseVersion(m_target, inventoryVersion);
        const std::int64_t step =
            m_target.execAndGet("SELECT COALESCE(MAX(id), 0) + 1 FROM gpkgext_nunatak_history").getInt64();
        SQLite::Statement add(m_target,
                              "INSERT INTO gpkgext_nunatak_history (id, time, description, tool, analyst) "
                              "VALUES (?, ?, ?, ?, ?)");
        add.bind(1, step);
        add.bind(2, mark.time);
        add.bind(3, mark.description);
        add.bind(4, mark.tool);
        add.bind(5, mark.analyst);
        add.exec();
    }

    std::filesystem::path m_damaged;
    SQLite::Database m_source;
    SQLite::Database m_target;
    std::filesystem::path m_file;
    Recovery& m_report;
    Progress m_progress;
    std::vector<SchemaRow> m_schema;
    int m_tablesMade = 0;
    bool m_isLayerListWhole = false;
};

} // namespace

Recovery recover(const std::filesystem::path& damaged, const std::filesystem::path& target, HistoryRow mark,
                 const Progress& progress) {
    throwUnlessFree(target);
    std::error_code trouble;
    if (!std::filesystem::is_regular_file(damaged, trouble)) {
        throw Error("There is no file " + damaged.string() + ". Look at the path.");
    }
    const auto place = std::filesystem::absolute(target);
    const StagingFolder staging(place.parent_path());
    const auto made = staging.path() / "project.gpkg";
    Recovery report;
    try {
        report.notes = copyDamaged(damaged, staging.path() / "damaged.gpkg");
        report.isWhole = report.notes.empty();
        Salvage(damaged, target, staging.path() / "damaged.gpkg", made, report, progress)
            .run(std::move(mark));
    } catch (const SQLite::Exception& failure) {
        if (failure.getErrorCode() != SQLITE_CORRUPT && failure.getErrorCode() != SQLITE_NOTADB) {
            rethrowAsError(failure, target);
        }
        throw Error("Nothing can be read of " + damaged.string() + " (" + failure.what() +
                    "). Put a copy of it from a backup in its place.");
    }
    try {
        Store(made, Store::Mode::ReadOnly).contents();
    } catch (const Error& failure) {
        throw Error("What can be read of " + damaged.string() + " makes no project (" + failure.what() +
                    "). Put a copy of it from a backup in its place.");
    }
    syncFile(made);
    publish(made, place);
    syncFolder(place.parent_path());
    return report;
}

} // namespace nunatak::database
