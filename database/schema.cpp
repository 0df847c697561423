// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema.h"

#include "connection.h"
#include "database/store.h"
#include "layer_styles.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace nunatak::database {

namespace {

// The GeoPackage 1.3 standard, annex C.
constexpr const char* geoPackageTables = R"sql(
PRAGMA application_id = 0x47504B47;
PRAGMA user_version = 10300;
CREATE TABLE IF NOT EXISTS gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL PRIMARY KEY,
  organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL,
  definition TEXT NOT NULL,
  description TEXT);
CREATE TABLE IF NOT EXISTS gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY,
  data_type TEXT NOT NULL,
  identifier TEXT UNIQUE,
  description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE,
  min_y DOUBLE,
  max_x DOUBLE,
  max_y DOUBLE,
  srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE IF NOT EXISTS gpkg_geometry_columns (
  table_name TEXT NOT NULL,
  column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL,
  m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE IF NOT EXISTS gpkg_extensions (
  table_name TEXT,
  column_name TEXT,
  extension_name TEXT NOT NULL,
  definition TEXT NOT NULL,
  scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
INSERT OR IGNORE INTO gpkg_spatial_ref_sys VALUES
  ('Undefined cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined cartesian coordinate reference system'),
  ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'),
  ('WGS 84 geodetic', 4326, 'EPSG', 4326, 'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]', 'longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid');
)sql";

// GDAL lists tables that are registered nowhere, and QGIS asks it for all there are; both leave out names
// that begin with gpkg and one more letter. Registered as an extension, they are also known to the standard.
constexpr const char* ownTables = R"sql(
CREATE TABLE IF NOT EXISTS gpkgext_nunatak_schema (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  program TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS gpkgext_nunatak_project (
  id INTEGER PRIMARY KEY,
  crs_wkt TEXT NOT NULL,
  srs_id INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS gpkgext_nunatak_settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS gpkgext_nunatak_scenes (
  position INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  json TEXT NOT NULL,
  step INTEGER);
CREATE TABLE IF NOT EXISTS gpkgext_nunatak_layers (
  position INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  kind TEXT NOT NULL,
  scene TEXT NOT NULL,
  date TEXT NOT NULL,
  model TEXT NOT NULL,
  model_fingerprint TEXT NOT NULL,
  title TEXT,
  epoch TEXT,
  epoch_year INTEGER,
  epoch_tolerance INTEGER);
CREATE TABLE IF NOT EXISTS gpkgext_nunatak_history (
  id INTEGER PRIMARY KEY,
  time TEXT NOT NULL,
  description TEXT NOT NULL,
  undoes INTEGER REFERENCES gpkgext_nunatak_history(id),
  tool TEXT,
  analyst TEXT,
  picture TEXT);
CREATE TABLE IF NOT EXISTS gpkgext_nunatak_changes (
  step INTEGER NOT NULL REFERENCES gpkgext_nunatak_history(id),
  position INTEGER NOT NULL,
  layer TEXT NOT NULL,
  uuid TEXT NOT NULL,
  before_kind INTEGER NOT NULL,
  before_prefix INTEGER NOT NULL,
  before_suffix INTEGER NOT NULL,
  before_bytes BLOB,
  after_hash INTEGER,
  PRIMARY KEY (step, position)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS gpkgext_nunatak_layer_changes (
  step INTEGER NOT NULL REFERENCES gpkgext_nunatak_history(id),
  position INTEGER NOT NULL,
  is_after INTEGER NOT NULL,
  place INTEGER NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  scene TEXT NOT NULL,
  date TEXT NOT NULL,
  model TEXT NOT NULL,
  model_fingerprint TEXT NOT NULL,
  title TEXT,
  epoch TEXT,
  epoch_year INTEGER,
  epoch_tolerance INTEGER,
  PRIMARY KEY (step, position, is_after)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS gpkgext_nunatak_merged_steps (
  step INTEGER NOT NULL REFERENCES gpkgext_nunatak_history(id),
  position INTEGER NOT NULL,
  source TEXT NOT NULL,
  id INTEGER NOT NULL,
  time TEXT NOT NULL,
  description TEXT NOT NULL,
  undoes INTEGER,
  tool TEXT,
  analyst TEXT,
  picture TEXT,
  content INTEGER,
  PRIMARY KEY (step, position)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS gpkgext_nunatak_merged_changes (
  layer TEXT NOT NULL,
  uuid TEXT NOT NULL,
  step INTEGER NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (layer, uuid, step, position)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS gpkgext_nunatak_runs (
  id TEXT PRIMARY KEY,
  step INTEGER NOT NULL REFERENCES gpkgext_nunatak_history(id),
  layer TEXT NOT NULL,
  scene TEXT NOT NULL,
  model TEXT NOT NULL,
  model_fingerprint TEXT NOT NULL,
  threshold REAL NOT NULL,
  settings TEXT NOT NULL,
  time TEXT NOT NULL,
  region BLOB);
)sql";

// %T is the table, quoted.
constexpr std::string_view layerTableSql = R"sql(
CREATE TABLE %T (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  geom %Y,
  uuid TEXT UNIQUE,
  name TEXT,
  src_date TEXT,
  scene TEXT,
  sensor TEXT,
  model TEXT,
  model_fingerprint TEXT,
  run TEXT,
  threshold REAL,
  attributes TEXT,
  review TEXT,
  analyst TEXT,
  origin TEXT,
  changed BOOLEAN,
  reviewer TEXT,
  review_time TEXT,
  review_note TEXT,
  review_outdated BOOLEAN);
)sql";

// The standard's annex F.3 (gpkg_rtree_index). %T is the table, %R the R-tree's table, %G the geometry's
// column, %K the primary key, all quoted; %r the R-tree's name.
constexpr std::string_view indexSql = R"sql(
DROP TABLE IF EXISTS %R;
CREATE VIRTUAL TABLE %R USING rtree(id, minx, maxx, miny, maxy);
)sql";
constexpr std::string_view indexTriggersSql = R"sql(
CREATE TRIGGER "%r_insert" AFTER INSERT ON %T
  WHEN (NEW.%G NOT NULL AND NOT ST_IsEmpty(NEW.%G))
BEGIN
  INSERT OR REPLACE INTO %R VALUES (NEW.%K,
    ST_MinX(NEW.%G), ST_MaxX(NEW.%G), ST_MinY(NEW.%G), ST_MaxY(NEW.%G));
END;
CREATE TRIGGER "%r_update1" AFTER UPDATE OF %G ON %T
  WHEN OLD.%K = NEW.%K AND (NEW.%G NOTNULL AND NOT ST_IsEmpty(NEW.%G))
BEGIN
  INSERT OR REPLACE INTO %R VALUES (NEW.%K,
    ST_MinX(NEW.%G), ST_MaxX(NEW.%G), ST_MinY(NEW.%G), ST_MaxY(NEW.%G));
END;
CREATE TRIGGER "%r_update2" AFTER UPDATE OF %G ON %T
  WHEN OLD.%K = NEW.%K AND (NEW.%G ISNULL OR ST_IsEmpty(NEW.%G))
BEGIN
  DELETE FROM %R WHERE id = OLD.%K;
END;
CREATE TRIGGER "%r_update3" AFTER UPDATE ON %T
  WHEN OLD.%K != NEW.%K AND (NEW.%G NOTNULL AND NOT ST_IsEmpty(NEW.%G))
BEGIN
  DELETE FROM %R WHERE id = OLD.%K;
  INSERT OR REPLACE INTO %R VALUES (NEW.%K,
    ST_MinX(NEW.%G), ST_MaxX(NEW.%G), ST_MinY(NEW.%G), ST_MaxY(NEW.%G));
END;
CREATE TRIGGER "%r_update4" AFTER UPDATE ON %T
  WHEN OLD.%K != NEW.%K AND (NEW.%G ISNULL OR ST_IsEmpty(NEW.%G))
BEGIN
  DELETE FROM %R WHERE id IN (OLD.%K, NEW.%K);
END;
CREATE TRIGGER "%r_delete" AFTER DELETE ON %T
  WHEN OLD.%G NOT NULL
BEGIN
  DELETE FROM %R WHERE id = OLD.%K;
END;
)sql";

/// Among GeoPackage's extensions, so that other programs know whose they are.
void registerOwnTables(SQLite::Database& connection) {
    connection.exec(
        "INSERT OR IGNORE INTO gpkg_extensions SELECT name, NULL, 'nunatak_project', "
        "'Nunatak: scenes, history and prediction runs of the outline layers', 'read-write' "
        "FROM sqlite_master WHERE type = 'table' AND name GLOB 'gpkgext_nunatak_*' AND NOT EXISTS "
        "(SELECT 1 FROM gpkg_extensions WHERE table_name = sqlite_master.name)");
}

struct IndexNames {
    std::string layer;
    std::string geometry = "geom";
    std::string key = "fid";
    std::string geometryType = "MULTIPOLYGON";
    std::string index() const { return "rtree_" + layer + "_" + geometry; }
};

std::string withNames(std::string_view sql, const IndexNames& names) {
    std::string text;
    for (std::size_t i = 0; i < sql.size(); ++i) {
        if (sql[i] != '%') {
            text += sql[i];
            continue;
        }
        switch (sql[++i]) {
        case 'T':
            text += sqlName(names.layer);
            break;
        case 'R':
            text += sqlName(names.index());
            break;
        case 'G':
            text += sqlName(names.geometry);
            break;
        case 'Y':
            text += names.geometryType;
            break;
        case 'K':
            text += sqlName(names.key);
            break;
        default:
            text += names.index();
        }
    }
    return text;
}

} // namespace

void restoreAllTables(SQLite::Database& connection) {
    connection.exec(geoPackageTables);
    connection.exec(ownTables);
    registerOwnTables(connection);
}

void makeTables(SQLite::Database& connection, const SpatialReference& crs) {
    // Ids from 100000 on are free for systems that no organization numbers.
    constexpr int firstFreeId = 100000;
    const int srsId = crs.code > 0 ? crs.code : firstFreeId;
    restoreAllTables(connection);

    SQLite::Statement reference(connection,
                                "INSERT OR IGNORE INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, NULL)");
    reference.bind(1, crs.name);
    reference.bind(2, srsId);
    reference.bind(3, crs.code > 0 ? crs.organization : "NONE");
    reference.bind(4, srsId);
    reference.bind(5, crs.definition);
    reference.exec();

    SQLite::Statement schema(connection, "INSERT INTO gpkgext_nunatak_schema VALUES (1, ?, 'Nunatak')");
    schema.bind(1, Store::schemaVersion);
    schema.exec();

    SQLite::Statement project(connection, "INSERT INTO gpkgext_nunatak_project VALUES (1, ?, ?)");
    project.bind(1, crs.wkt);
    project.bind(2, srsId);
    project.exec();
}

void registerLayer(SQLite::Database& connection, const std::string& layer, const std::string& geometryColumn,
                   int srsId, const std::string& geometryType) {
    SQLite::Statement contents(
        connection, "INSERT OR REPLACE INTO gpkg_contents (table_name, data_type, identifier, srs_id) "
                    "VALUES (?, 'features', ?, ?)");
    contents.bind(1, layer);
    contents.bind(2, layer);
    contents.bind(3, srsId);
    contents.exec();

    SQLite::Statement geometry(connection,
                               "INSERT OR REPLACE INTO gpkg_geometry_columns VALUES (?, ?, ?, ?, 0, 0)");
    geometry.bind(1, layer);
    geometry.bind(2, geometryColumn);
    geometry.bind(3, geometryType);
    geometry.bind(4, srsId);
    geometry.exec();

    SQLite::Statement extension(connection,
                                "INSERT OR REPLACE INTO gpkg_extensions VALUES (?, ?, 'gpkg_rtree_index', "
                                "'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')");
    extension.bind(1, layer);
    extension.bind(2, geometryColumn);
    extension.exec();
}

void makeLayerTable(SQLite::Database& connection, const std::string& layer, int srsId,
                    const std::string& geometryType) {
    registerLayer(connection, layer, "geom", srsId, geometryType);
    IndexNames names{layer};
    names.geometryType = geometryType;
    connection.exec(withNames(layerTableSql, names));
    connection.exec(withNames(indexSql, {layer}));
}

std::string indexEntrySql(const std::string& layer) {
    return withNames("INSERT INTO %R VALUES (?, ?, ?, ?, ?)", {layer});
}

void keepIndex(SQLite::Database& connection, const std::string& layer) {
    connection.exec(withNames(indexTriggersSql, {layer}));
}

std::vector<std::string> restoreOwnTables(SQLite::Database& connection) {
    std::vector<std::string> restored;
    for (const char* table : restorableTables) {
        if (!connection.tableExists(table)) {
            restored.emplace_back(table);
        }
    }
    if (!restored.empty()) {
        connection.exec(ownTables);
        raiseVersion(connection, Store::schemaVersion); // for that is what they are made for
    }
    return restored;
}

namespace {

/// Triggers on a layer that write its spatial index.
std::vector<std::string> indexTriggers(SQLite::Database& connection, const IndexNames& names) {
    std::vector<std::string> triggers;
    SQLite::Statement rows(connection, "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = "
                                       "?1 COLLATE NOCASE AND instr(lower(sql), lower(?2)) > 0");
    rows.bind(1, names.layer);
    rows.bind(2, names.index());
    while (rows.executeStep()) {
        triggers.push_back(rows.getColumn(0).getString());
    }
    return triggers;
}

} // namespace

bool missesIndex(SQLite::Database& connection, const LayerTable& table) {
    const IndexNames names{table.layer, table.geometry, table.key};
    return !connection.tableExists(names.index()) && !indexTriggers(connection, names).empty();
}

void restoreIndex(SQLite::Database& connection, const LayerTable& table) {
    const IndexNames names{table.layer, table.geometry, table.key};
    for (const std::string& trigger : indexTriggers(connection, names)) {
        connection.exec("DROP TRIGGER " + sqlName(trigger));
    }
    if (!table.key.empty()) {
        connection.exec(withNames(indexSql, names));
        connection.exec(withNames(indexTriggersSql, names));
        // An index refuses a whole table for one damaged shape whose box is none; that one is left out of it.
        connection.exec(withNames("INSERT INTO %R SELECT %K, ST_MinX(%G), ST_MaxX(%G), ST_MinY(%G), "
                                  "ST_MaxY(%G) FROM %T WHERE ST_IsEmpty(%G) = 0 AND "
                                  "ST_MinX(%G) <= ST_MaxX(%G) AND ST_MinY(%G) <= ST_MaxY(%G)",
                                  names));
    }
}

void dropLayerTable(SQLite::Database& connection, const LayerTable& table) {
    const IndexNames names{table.layer, table.geometry, table.key};
    connection.exec("DROP TABLE IF EXISTS " + sqlName(names.index()));
    connection.exec("DROP TABLE IF EXISTS " + sqlName(table.layer)); // its triggers go with it
    removeLayerStyles(connection, table.layer);
    for (const char* list :
         {"gpkg_extensions", "gpkg_geometry_columns", "gpkg_ogr_contents", "gpkg_contents"}) {
        if (connection.tableExists(list)) {
            SQLite::Statement removal(connection, std::string("DELETE FROM ") + list +
                                                      " WHERE table_name = ? COLLATE NOCASE");
            removal.bind(1, table.layer);
            removal.exec();
        }
    }
}

std::string columnOrNull(SQLite::Database& connection, const char* table, const char* column) {
    SQLite::Statement known(connection, "SELECT 1 FROM pragma_table_info(?) WHERE name = ?");
    known.bindNoCopy(1, table);
    known.bindNoCopy(2, column);
    return known.executeStep() ? column : "NULL";
}

int versionOf(SQLite::Database& connection) {
    return connection.execAndGet("SELECT MAX(version) FROM gpkgext_nunatak_schema").getInt();
}

namespace {

void addColumns(SQLite::Database& connection, const char* table, const std::vector<const char*>& columns) {
    for (const char* column : columns) {
        SQLite::Statement known(connection, "SELECT 1 FROM pragma_table_info(?) WHERE name = ?");
        known.bind(1, table);
        known.bind(2, std::string(column).substr(0, std::string(column).find(' ')));
        if (!known.executeStep()) {
            connection.exec(std::string("ALTER TABLE ") + table + " ADD COLUMN " + column);
        }
    }
}

} // namespace

void raiseVersion(SQLite::Database& connection, int version) {
    const int before = versionOf(connection);
    if (before >= version) {
        return;
    }
    connection.exec("UPDATE gpkgext_nunatak_schema SET version = " + std::to_string(version));
    std::vector<std::string> newColumns = columnsSince(before);
    for (const std::string& later : columnsSince(version)) {
        std::erase(newColumns, later);
    }
    // All layers at once: one that lacks a column later on lost it to another program.
    std::vector<std::string> layers;
    SQLite::Statement names(connection, "SELECT name FROM gpkgext_nunatak_layers");
    while (names.executeStep()) {
        layers.push_back(names.getColumn(0).getString());
    }
    names.reset();
    for (const std::string& layer : layers) {
        LayerTable table = layerTable(connection, layer, 0);
        std::erase_if(table.missing, [&](const std::string& column) {
            return std::find(newColumns.begin(), newColumns.end(), column) == newColumns.end();
        });
        if (table.exists) {
            restoreColumns(connection, table);
        }
    }
    if (before < inventoryVersion && version >= inventoryVersion) {
        connection.exec(ownTables);
        registerOwnTables(connection);
        addColumns(connection, "gpkgext_nunatak_layers",
                   {"title TEXT", "epoch TEXT", "epoch_year INTEGER", "epoch_tolerance INTEGER"});
        addColumns(connection, "gpkgext_nunatak_history", {"tool TEXT", "analyst TEXT", "picture TEXT"});
    }
    if (before < mergesVersion && version >= mergesVersion) {
        connection.exec(ownTables);
        registerOwnTables(connection);
    }
    if (before < contentVersion && version >= contentVersion) {
        addColumns(connection, "gpkgext_nunatak_merged_steps", {"content INTEGER"});
        addColumns(connection, "gpkgext_nunatak_scenes", {"step INTEGER"});
    }
}

int projectSrsId(SQLite::Database& connection) {
    return connection.execAndGet("SELECT srs_id FROM gpkgext_nunatak_project").getInt();
}

} // namespace nunatak::database
