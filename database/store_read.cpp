// SPDX-License-Identifier: GPL-3.0-or-later
#include "column_values.h"
#include "geopackage_blob.h"
#include "merged_steps.h"
#include "renamed_layers.h"
#include "row_names.h"
#include "schema.h"
#include "store_impl.h"

namespace nunatak::database {

namespace {

std::string listed(const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
    }
    return text;
}

bool isView(SQLite::Database& connection, const std::string& name) {
    SQLite::Statement found(connection,
                            "SELECT 1 FROM sqlite_master WHERE type = 'view' AND name = ? COLLATE NOCASE");
    found.bindNoCopy(1, name);
    return found.executeStep();
}

/// Of a row with the columns from `first` on: name, kind, scene, date, model, fingerprint, title, epoch,
/// year, tolerance.
LayerRow layerRowOf(SQLite::Statement& row, int first = 0) {
    const auto textOf = [&](int column) { return row.getColumn(first + column).getString(); };
    LayerRow layer{textOf(0), textOf(1), textOf(2), textOf(3), textOf(4), textOf(5), textOf(6), textOf(7)};
    if (!row.getColumn(first + 8).isNull()) {
        layer.epochYear = row.getColumn(first + 8).getInt();
    }
    layer.epochTolerance = row.getColumn(first + 9).getInt();
    return layer;
}

std::vector<LayerRow> readLayers(SQLite::Database& connection) {
    std::vector<LayerRow> layers;
    std::string columns = "name, kind, scene, date, model, model_fingerprint";
    for (const char* column : {"title", "epoch", "epoch_year", "epoch_tolerance"}) {
        columns += ", " + columnOrNull(connection, "gpkgext_nunatak_layers", column);
    }
    SQLite::Statement rows(connection,
                           "SELECT " + columns + " FROM gpkgext_nunatak_layers ORDER BY position");
    while (rows.executeStep()) {
        layers.push_back(layerRowOf(rows));
    }
    return layers;
}

std::string goneNote(SQLite::Database& connection, const std::string& layer) {
    const auto stray = strayLayerTables(connection);
    return "Another program removed or renamed the layer " + layer + " of the project." +
           (stray.empty() ? ""
                          : " Where that is " + listed(stray) + " now, name the table " + layer +
                                " again to have it here with its history.");
}

/// What another program did to a layer's table; false where nothing can be read of it.
bool describe(SQLite::Database& connection, const LayerTable& table, int projectSrsId, Contents& found) {
    const std::string layer = table.layer;
    if (!table.exists) {
        found.notes.push_back(isView(connection, layer)
                                  ? "Another program made a view of the layer " + layer +
                                        "; it is not shown and stays in the file."
                                  : goneNote(connection, layer));
        return false;
    }
    if (table.geometry.empty()) {
        found.notes.push_back("Another program took the shapes away from the layer " + layer +
                              "; it is not shown and stays in the file.");
        return false;
    }
    std::vector<std::string> missing = table.missing;
    for (const std::string& column : columnsSince(versionOf(connection))) {
        std::erase(missing, column);
    }
    if (!missing.empty()) {
        found.notes.push_back("Another program removed " + listed(missing) + " from the layer " + layer +
                              "; what was there is read as empty.");
    }
    if (!table.added.empty()) {
        found.notes.push_back("Another program added " + listed(table.added) + " to the layer " + layer +
                              "; the outlines have that as attributes.");
        found.added[layer] = table.added;
    }
    if (table.srsId != projectSrsId) {
        found.references[layer] = referenceOf(connection, table.srsId);
    }
    return true;
}

/// Layers and tables of other programs. What GeoPackage and QGIS keep for themselves is none of them.
void noteOthers(SQLite::Database& connection, const std::map<std::string, std::string>& renamed,
                std::vector<std::string>& notes) {
    std::vector<std::string> names;
    SQLite::Statement tables(
        connection,
        "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'gpkg%' AND name "
        "NOT LIKE 'rtree\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT IN "
        "('layer_styles', 'qgis_projects') AND lower(name) NOT IN "
        "(SELECT lower(name) FROM gpkgext_nunatak_layers) ORDER BY rowid");
    while (tables.executeStep()) {
        names.push_back(tables.getColumn(0).getString());
    }
    for (const auto& [before, after] : renamed) {
        std::erase(names, after);
    }
    if (!names.empty()) {
        notes.push_back("Another program keeps " + listed(names) +
                        " in the file of the project; that is not shown and stays. Outlines in it can be "
                        "imported from the file.");
    }
}

void readGeometry(const SQLite::Column& column, FeatureRow& row) {
    if (column.isNull()) {
        return;
    }
    const auto view = column.isBlob() ? viewBlob({static_cast<const std::uint8_t*>(column.getBlob()),
                                                  static_cast<std::size_t>(column.getBytes())})
                                      : std::nullopt;
    row.isDamaged = !view;
    if (view && !view->empty) {
        row.wkb.assign(view->wkb.begin(), view->wkb.end());
        row.box = view->box;
    }
}

} // namespace

std::vector<LayerTable> Store::Impl::layerTables() {
    std::vector<LayerTable> tables;
    for (const LayerRow& layer : readLayers(connection)) {
        LayerTable table = layerTable(connection, layer.name, srsId);
        if (table.isReadable()) {
            tables.push_back(std::move(table));
        }
    }
    return tables;
}

Contents Store::contents() {
    return wrapped(m_impl->file, [&] {
        SQLite::Database& connection = m_impl->connection;
        Contents found;
        found.crsWkt = connection.execAndGet("SELECT crs_wkt FROM gpkgext_nunatak_project").getString();
        if (!m_impl->met.note.empty()) {
            found.notes.push_back(m_impl->met.note);
        }
        if (m_impl->mode == Mode::ReadWrite && !m_impl->network.empty()) {
            found.notes.push_back("The project lies on a network drive (" + m_impl->network +
                                  "). It is saved in a way that is safe there and takes longer; on a disk of "
                                  "this machine edits are saved faster.");
        }
        const auto& renamed = m_impl->renamed();
        const auto follow = [&](std::string& layer) { layer = m_impl->nameNow(layer); };
        for (const auto& [before, after] : renamed) {
            found.notes.push_back(renameNote(before, after));
        }
        for (LayerRow& layer : readLayers(connection)) {
            follow(layer.name);
            const LayerTable table = layerTable(connection, layer.name, m_impl->srsId);
            if (describe(connection, table, m_impl->srsId, found)) {
                found.layers.push_back(std::move(layer));
            } else if (table.exists || isView(connection, layer.name)) {
                found.otherTables.push_back(layer.name);
            } else {
                found.gone.push_back(std::move(layer));
            }
        }
        m_impl->added = found.added;
        if (!found.gone.empty()) {
            found.strays = strayLayerTables(connection);
            for (const auto& [before, after] : renamed) {
                std::erase(found.strays, after);
            }
        }
        noteOthers(connection, renamed, found.notes);

        const auto isThere = [&](const char* table, const char* what) {
            const bool there = connection.tableExists(table);
            if (!there) {
                found.notes.push_back(std::string("Another program removed the ") + what +
                                      " of the project.");
            }
            return there;
        };
        if (isThere("gpkgext_nunatak_scenes", "scenes")) {
            SQLite::Statement scenes(
                connection, "SELECT id, json, " + columnOrNull(connection, "gpkgext_nunatak_scenes", "step") +
                                " FROM gpkgext_nunatak_scenes ORDER BY position");
            while (scenes.executeStep()) {
                found.scenes.push_back({scenes.getColumn(0).getString(), scenes.getColumn(1).getString(),
                                        scenes.getColumn(2).getInt64()});
            }
        }
        if (isThere("gpkgext_nunatak_history", "history")) {
            std::string columns = "id, time, description, COALESCE(undoes, 0)";
            for (const char* column : {"tool", "analyst", "picture"}) {
                columns += ", " + columnOrNull(connection, "gpkgext_nunatak_history", column);
            }
            SQLite::Statement history(connection,
                                      "SELECT " + columns + " FROM gpkgext_nunatak_history ORDER BY id");
            while (history.executeStep()) {
                found.history.push_back({history.getColumn(0).getInt64(), history.getColumn(1).getString(),
                                         history.getColumn(2).getString(), history.getColumn(3).getInt64(),
                                         history.getColumn(4).getString(), history.getColumn(5).getString(),
                                         history.getColumn(6).getString()});
            }
        }
        if (isThere("gpkgext_nunatak_runs", "prediction runs")) {
            SQLite::Statement runs(connection,
                                   "SELECT id, layer, step, scene, model, model_fingerprint, threshold, "
                                   "settings, time, region FROM gpkgext_nunatak_runs ORDER BY step");
            while (runs.executeStep()) {
                found.runs.push_back({runs.getColumn(0).getString(), runs.getColumn(1).getString(),
                                      runs.getColumn(2).getInt64(), runs.getColumn(3).getString(),
                                      runs.getColumn(4).getString(), runs.getColumn(5).getString(),
                                      runs.getColumn(6).getDouble(), runs.getColumn(7).getString(),
                                      runs.getColumn(8).getString(), bytesOf(runs.getColumn(9))});
                follow(found.runs.back().layer);
            }
        }
        found.merged = readMerged(connection, {});
        if (isThere("gpkgext_nunatak_settings", "settings")) {
            SQLite::Statement settings(connection, "SELECT key, value FROM gpkgext_nunatak_settings");
            while (settings.executeStep()) {
                found.settings.emplace(settings.getColumn(0).getString(), settings.getColumn(1).getString());
            }
        }
        SQLite::Statement tables(
            connection, "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT IN "
                        "(SELECT name FROM gpkgext_nunatak_layers)");
        while (tables.executeStep()) {
            found.otherTables.push_back(tables.getColumn(0).getString());
        }
        return found;
    });
}

namespace {

/// The columns of a layer in the order in which rowAt() takes them: ours, the shape, the key, those of
/// others.
std::string columnsOf(const LayerTable& table, const std::string& key) {
    std::string columns;
    for (const char* column : ownColumns) {
        columns += (table.has(column) ? std::string(column) : "NULL") + ", ";
    }
    columns += sqlName(table.geometry) + ", " + key;
    for (const std::string& column : table.added) {
        columns += ", " + sqlName(column);
    }
    return columns;
}

constexpr int geometryColumn = static_cast<int>(ownColumns.size());

FeatureRow rowAt(SQLite::Statement& rows, const LayerTable& table) {
    FeatureRow row{.uuid = rows.getColumn(0).getString(),
                   .name = rows.getColumn(1).getString(),
                   .srcDate = rows.getColumn(2).getString(),
                   .scene = rows.getColumn(3).getString(),
                   .sensor = rows.getColumn(4).getString(),
                   .model = rows.getColumn(5).getString(),
                   .modelFingerprint = rows.getColumn(7).getString(),
                   .run = rows.getColumn(6).getString(),
                   .threshold = numberOf(rows.getColumn(8)),
                   .attributes = rows.getColumn(9).getString(),
                   .review = rows.getColumn(10).getString(),
                   .wkb = {},
                   .box = {}};
    row.analyst = rows.getColumn(11).getString();
    row.origin = rows.getColumn(12).getString();
    row.isChanged = isYes(rows.getColumn(13));
    row.reviewer = rows.getColumn(14).getString();
    row.reviewTime = rows.getColumn(15).getString();
    row.reviewNote = rows.getColumn(16).getString();
    row.isReviewOutdated = isYes(rows.getColumn(17));
    readGeometry(rows.getColumn(geometryColumn), row);
    for (std::size_t i = 0; i < table.added.size(); ++i) {
        Value value = valueOf(rows.getColumn(geometryColumn + 2 + static_cast<int>(i)));
        if (value.index() != 0) {
            row.added[table.added[i]] = std::move(value);
        }
    }
    return row;
}

} // namespace

int Store::forEachFeature(const std::string& layer, const std::function<void(FeatureRow&&)>& take) {
    return wrapped(m_impl->file, [&] {
        const LayerTable table = layerTable(m_impl->connection, layer, m_impl->srsId);
        int given = m_impl->named[layer];
        if (!table.isReadable()) {
            return given;
        }
        const std::string key = table.key.empty() ? "_rowid_" : sqlName(table.key);
        SQLite::Statement rows(m_impl->connection, "SELECT " + columnsOf(table, key) + " FROM " +
                                                       sqlName(layer) + " ORDER BY " + key);
        RowNames names(layer, [&](const std::string& uuid) { return m_impl->isInHistory(layer, uuid); });
        while (rows.executeStep()) {
            FeatureRow row = rowAt(rows, table);
            const bool keeps = names.keeps(row.uuid);
            const std::string known = keeps ? std::string() : m_impl->uuidOf(table, row);
            if (!known.empty() && names.gives(known)) {
                row.uuid = known;
                m_impl->recognised[layer].insert(known);
            } else if (!keeps) {
                row.uuid = names.make(rows.getColumn(geometryColumn + 1).getInt64(),
                                      bytesOf(rows.getColumn(geometryColumn)));
                given += table.has("uuid") ? 1 : 0; // else they are the layer's own, without their names
            }
            take(std::move(row));
        }
        return given;
    });
}

FeatureRow Store::Impl::rowOf(const LayerTable& table, std::int64_t key) {
    const std::string name = table.key.empty() ? "_rowid_" : sqlName(table.key);
    SQLite::Statement row(connection, "SELECT " + columnsOf(table, name) + " FROM " + sqlName(table.layer) +
                                          " WHERE " + name + " = ?");
    row.bind(1, key);
    return row.executeStep() ? rowAt(row, table) : FeatureRow();
}

std::string Store::Impl::uuidOf(const LayerTable& table, const FeatureRow& row) {
    if (!recognise || !row.uuid.empty()) {
        return {};
    }
    std::string uuid = recognise(table.layer, row);
    if (!uuid.empty() && table.has("uuid")) {
        SQLite::Statement other(connection,
                                "SELECT 1 FROM " + sqlName(table.layer) + " WHERE uuid = ? LIMIT 1");
        other.bindNoCopy(1, uuid);
        if (other.executeStep()) {
            uuid.clear();
        }
    }
    return uuid;
}

void Store::recogniseBy(Recognise recognise) {
    m_impl->recognise = std::move(recognise);
}

int Store::recognised(const std::string& layer) const {
    const auto found = m_impl->recognised.find(layer);
    return found == m_impl->recognised.end() ? 0 : static_cast<int>(found->second.size());
}

std::vector<std::optional<FeatureRow>> Store::Impl::present(const std::vector<FeatureChange>& changes) {
    std::vector<std::optional<FeatureRow>> found(changes.size());
    std::map<std::string, LayerTable> tables;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        const std::string& layer = changes[i].layer;
        const auto table = tables.try_emplace(layer, layerTable(connection, layer, srsId)).first;
        if (!table->second.isReadable() || !table->second.has("uuid")) {
            continue;
        }
        SQLite::Statement rows(connection, "SELECT " + columnsOf(table->second, "0") + " FROM " +
                                               sqlName(layer) + " WHERE uuid = ?");
        rows.bind(1, changes[i].uuid);
        if (rows.executeStep()) {
            found[i] = rowAt(rows, table->second);
        }
    }
    return found;
}

std::vector<ReverseChange> Store::changesOf(std::int64_t step) {
    return wrapped(m_impl->file, [&] {
        std::vector<ReverseChange> changes;
        SQLite::Statement rows(
            m_impl->connection,
            "SELECT layer, uuid, before_kind, before_prefix, before_suffix, before_bytes, after_hash "
            "FROM gpkgext_nunatak_changes WHERE step = ? ORDER BY position");
        rows.bind(1, step);
        while (rows.executeStep()) {
            ReverseChange change{.layer = m_impl->nameNow(rows.getColumn(0).getString()),
                                 .uuid = rows.getColumn(1).getString(),
                                 .before = static_cast<ReverseChange::Before>(rows.getColumn(2).getInt()),
                                 .prefix = static_cast<std::uint64_t>(rows.getColumn(3).getInt64()),
                                 .suffix = static_cast<std::uint64_t>(rows.getColumn(4).getInt64()),
                                 .bytes = bytesOf(rows.getColumn(5)),
                                 .afterHash = std::nullopt};
            if (!rows.getColumn(6).isNull()) {
                change.afterHash = rows.getColumn(6).getInt64();
            }
            changes.push_back(std::move(change));
        }
        return changes;
    });
}

std::vector<LayerRowChange> Store::layerChangesOf(std::int64_t step) {
    return wrapped(m_impl->file, [&] {
        std::vector<LayerRowChange> changes;
        if (!m_impl->connection.tableExists("gpkgext_nunatak_layer_changes")) {
            return changes; // of an earlier version, in which layers were made beside the history
        }
        SQLite::Statement rows(
            m_impl->connection,
            "SELECT position, is_after, place, name, kind, scene, date, model, model_fingerprint, title, "
            "epoch, epoch_year, epoch_tolerance FROM gpkgext_nunatak_layer_changes WHERE step = ? "
            "ORDER BY position, is_after");
        rows.bind(1, step);
        int position = -1;
        while (rows.executeStep()) {
            if (rows.getColumn(0).getInt() != position) {
                position = rows.getColumn(0).getInt();
                changes.push_back({{}, {}, rows.getColumn(2).getInt()});
            }
            auto& side = rows.getColumn(1).getInt() == 0 ? changes.back().before : changes.back().after;
            side = layerRowOf(rows, 3);
            side->name = m_impl->nameNow(side->name);
        }
        return changes;
    });
}

std::vector<std::pair<std::int64_t, std::string>> Store::touchesOf(const std::string& layer) {
    return wrapped(m_impl->file, [&] {
        std::vector<std::pair<std::int64_t, std::string>> touches;
        if (!m_impl->connection.tableExists("gpkgext_nunatak_changes")) {
            return touches; // another program removed it
        }
        SQLite::Statement rows(m_impl->connection, "SELECT step, uuid FROM gpkgext_nunatak_changes WHERE "
                                                   "layer = ? ORDER BY step, position");
        rows.bind(1, m_impl->nameThen(layer));
        while (rows.executeStep()) {
            touches.emplace_back(rows.getColumn(0).getInt64(), rows.getColumn(1).getString());
        }
        return touches;
    });
}

} // namespace nunatak::database
