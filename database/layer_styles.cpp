// SPDX-License-Identifier: GPL-3.0-or-later
#include "layer_styles.h"

#include <string_view>
#include <utility>
#include <vector>

namespace nunatak::database {

namespace {

constexpr const char* tableSql = R"sql(
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  f_table_catalog TEXT(256),
  f_table_schema TEXT(256),
  f_table_name TEXT(256),
  f_geometry_column TEXT(256),
  styleName TEXT(30),
  styleQML TEXT,
  styleSLD TEXT,
  useAsDefault BOOLEAN,
  description TEXT,
  owner TEXT(30),
  ui TEXT(30),
  update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')));
INSERT OR REPLACE INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)
  VALUES ('layer_styles', 'attributes', 'layer_styles', '', 0);
)sql";

/// How outlines of one kind look.
struct Look {
    std::string_view label;
    std::string_view filter; ///< QGIS' expression; ELSE: all others
    std::string_view colour; ///< red, green, blue, opacity
    std::string_view width;  ///< mm
    std::string_view pen = "solid";
};

/// Colours that the colour-blind tell apart (Okabe and Ito 2008).
std::vector<Look> looksOf(std::string_view kind) {
    if (kind == "predicted") {
        return {{"predicted", "ELSE", "204,121,167,255", "0.4"}};
    }
    if (kind == "expert") {
        return {{"reference", "ELSE", "86,180,233,255", "0.4"}};
    }
    if (kind == "side") {
        return {{"side layer", "ELSE", "0,114,178,255", "0.4"}};
    }
    return {{"accepted", "&quot;review&quot; = 'accepted'", "0,158,115,255", "0.6"},
            {"doubtful", "&quot;review&quot; = 'doubtful'", "213,94,0,255", "0.6"},
            {"no glacier", "&quot;review&quot; = 'removed'", "120,120,120,255", "0.3", "dot"},
            {"not reviewed", "ELSE", "240,228,66,255", "0.5"}};
}

std::string option(std::string_view name, std::string_view value) {
    return "<Option type=\"QString\" name=\"" + std::string(name) + "\" value=\"" + std::string(value) +
           "\"/>";
}

/// One symbol layer, by what the table holds.
std::string symbolOf(const Look& look, std::string_view geometryType) {
    const bool isLine = geometryType.find("LINE") != std::string_view::npos;
    const bool isPoint = geometryType.find("POINT") != std::string_view::npos;
    const std::string type = isPoint ? "marker" : isLine ? "line" : "fill";
    const std::string kind = isPoint ? "SimpleMarker" : isLine ? "SimpleLine" : "SimpleFill";
    std::string options;
    if (isPoint) {
        options = option("name", "circle") + option("color", look.colour) + option("size", "2") +
                  option("size_unit", "MM") + option("outline_color", "255,255,255,255");
    } else if (isLine) {
        options = option("line_color", look.colour) + option("line_width", look.width) +
                  option("line_width_unit", "MM") + option("line_style", look.pen) +
                  option("joinstyle", "round");
    } else {
        options = option("color", "0,0,0,0") + option("style", "no") + option("outline_color", look.colour) +
                  option("outline_width", look.width) + option("outline_width_unit", "MM") +
                  option("outline_style", look.pen) + option("joinstyle", "round");
    }
    return "type=\"" + type + "\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\"><layer class=\"" + kind +
           "\" enabled=\"1\" locked=\"0\" pass=\"0\"><Option type=\"Map\">" + options +
           "</Option></layer></symbol>";
}

/// As QGIS 3.22 writes it, without what it takes for granted.
std::string qml(std::string_view kind, std::string_view geometryType) {
    std::string rules;
    std::string symbols;
    int number = 0;
    for (const Look& look : looksOf(kind)) {
        const std::string name = std::to_string(number++);
        rules += "<rule key=\"nunatak-" + name + "\" symbol=\"" + name + "\" filter=\"" +
                 std::string(look.filter) + "\" label=\"" + std::string(look.label) + "\"/>";
        symbols += "<symbol name=\"" + name + "\" " + symbolOf(look, geometryType);
    }
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
           "<qgis version=\"3.22.0\" styleCategories=\"Symbology\"><renderer-v2 type=\"RuleRenderer\" "
           "symbollevels=\"0\" forceraster=\"0\" enableorderby=\"0\"><rules key=\"nunatak\">" +
           rules + "</rules><symbols>" + symbols + "</symbols></renderer-v2></qgis>\n";
}

struct Table {
    std::string layer;
    std::string kind;
    std::string geometry;
    std::string type;
};

} // namespace

namespace {

/// Another program may keep something else under that name.
bool isStyleTable(SQLite::Database& connection) {
    SQLite::Statement columns(connection, "SELECT COUNT(*) FROM pragma_table_info('layer_styles') WHERE "
                                          "lower(name) IN ('f_table_name', 'f_geometry_column', 'stylename', "
                                          "'styleqml', 'stylesld', 'useasdefault', 'description', 'owner', "
                                          "'f_table_catalog', 'f_table_schema')");
    return columns.executeStep() && columns.getColumn(0).getInt() == 10;
}

} // namespace

void addLayerStyle(SQLite::Database& connection, const std::string& layer) {
    const bool isFirst = !connection.tableExists("layer_styles");
    if (isFirst) {
        connection.exec(tableSql);
    } else if (!isStyleTable(connection)) {
        return;
    }
    std::vector<Table> bare;
    SQLite::Statement tables(
        connection,
        "SELECT layers.name, layers.kind, columns.column_name, columns.geometry_type_name "
        "FROM gpkgext_nunatak_layers AS layers JOIN gpkg_geometry_columns AS columns "
        "ON columns.table_name = layers.name COLLATE NOCASE WHERE (?1 OR layers.name = ?2) AND NOT EXISTS "
        "(SELECT 1 FROM layer_styles WHERE f_table_name = layers.name COLLATE NOCASE)");
    tables.bind(1, isFirst ? 1 : 0);
    tables.bind(2, layer);
    while (tables.executeStep()) {
        bare.push_back({tables.getColumn(0).getString(), tables.getColumn(1).getString(),
                        tables.getColumn(2).getString(), tables.getColumn(3).getString()});
    }
    SQLite::Statement insert(connection,
                             "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
                             "f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, "
                             "owner) VALUES ('', '', ?, ?, 'Nunatak', ?, '', 1, 'Kind and review', '')");
    for (const Table& table : bare) {
        insert.bind(1, table.layer);
        insert.bind(2, table.geometry);
        insert.bind(3, qml(table.kind, table.type));
        insert.exec();
        insert.reset();
    }
}

void removeLayerStyles(SQLite::Database& connection, const std::string& layer) {
    if (isStyleTable(connection)) {
        SQLite::Statement removal(connection,
                                  "DELETE FROM layer_styles WHERE f_table_name = ? COLLATE NOCASE");
        removal.bind(1, layer);
        removal.exec();
    }
}

} // namespace nunatak::database
