// SPDX-License-Identifier: GPL-3.0-or-later
#include "foreign_triggers.h"

#include "base/error.h"
#include "connection.h"
#include "renamed_layers.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <string>
#include <string_view>

namespace nunatak::database {

namespace {

/// In small letters, with one blank wherever there are some and without quotes around names.
std::string plain(std::string_view sql) {
    std::string text;
    for (const char letter : sql) {
        if (std::isspace(static_cast<unsigned char>(letter)) != 0) {
            if (!text.empty() && text.back() != ' ') {
                text += ' ';
            }
        } else if (letter != '"') {
            text += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
        }
    }
    return text;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') {
        text.remove_prefix(1);
    }
    while (!text.empty() && text.back() == ' ') {
        text.remove_suffix(1);
    }
    return text;
}

/// A statement that only writes the spatial index (rtree_TABLE_COLUMN) or GDAL's number of features. Nothing
/// in it may read or call more than such statements do.
bool keepsAnIndex(std::string_view statement) {
    constexpr std::array<std::string_view, 7> begins{"insert or replace into rtree_",
                                                     "insert into rtree_",
                                                     "delete from rtree_",
                                                     "update rtree_",
                                                     "update or replace rtree_",
                                                     "update gpkg_ogr_contents set feature_count = ",
                                                     "update gpkg_ogr_contents set feature_count="};
    return std::any_of(begins.begin(), begins.end(),
                       [&](std::string_view begin) { return statement.starts_with(begin); }) &&
           statement.find("select") == std::string_view::npos;
}

bool keepsIndexesOnly(const std::string& sql) {
    const std::string text = plain(sql);
    const auto begin = text.find(" begin ");
    const auto end = text.rfind("end");
    if (begin == std::string::npos || end == std::string::npos || end < begin ||
        text.substr(0, begin).find("select") != std::string::npos) {
        return false;
    }
    std::string_view body = std::string_view(text).substr(begin + 7, end - begin - 7);
    while (!trimmed(body).empty()) {
        const auto stop = body.find(';');
        if (stop == std::string_view::npos || !keepsAnIndex(trimmed(body.substr(0, stop)))) {
            return false;
        }
        body.remove_prefix(stop + 1);
    }
    return true;
}

/// The tables that saving writes. The standard's triggers on its other tables never run.
bool isWritten(const std::string& table, const std::set<std::string>& layers) {
    const std::string name = plain(table);
    return layers.contains(name) || name.starts_with("gpkgext_nunatak_") || name.starts_with("rtree_") ||
           name == "gpkg_contents" || name == "gpkg_geometry_columns" || name == "gpkg_extensions" ||
           name == "gpkg_ogr_contents" || name == "gpkg_spatial_ref_sys";
}

} // namespace

void throwIfForeignTriggers(SQLite::Database& connection, const std::filesystem::path& file) {
    std::set<std::string> layers;
    SQLite::Statement names(connection, "SELECT name FROM gpkgext_nunatak_layers");
    while (names.executeStep()) {
        layers.insert(plain(names.getColumn(0).getString()));
    }
    for (const auto& [before, after] : renamedLayers(connection)) {
        layers.insert(plain(after));
    }
    SQLite::Statement triggers(connection,
                               "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'");
    while (triggers.executeStep()) {
        const std::string table = triggers.getColumn(1).getString();
        if (isWritten(table, layers) && !keepsIndexesOnly(triggers.getColumn(2).getString())) {
            const std::string name = triggers.getColumn(0).getString();
            throw Error("The project " + file.string() + " has a trigger of another program (" + name +
                        " on " + table +
                        "), which would change more than is saved. Open the project read-only, or remove "
                        "the trigger in another program (DROP TRIGGER " +
                        sqlName(name) + ").");
        }
    }
}

} // namespace nunatak::database
