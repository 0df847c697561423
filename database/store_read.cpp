// SPDX-License-Identifier: GPL-3.0-or-later
#include "geopackage_blob.h"
#include "schema.h"
#include "store_impl.h"

namespace nunatak::database {

namespace {

Bytes bytesOf(const SQLite::Column& column) {
    const auto* first = static_cast<const std::uint8_t*>(column.getBlob());
    return first == nullptr ? Bytes{} : Bytes(first, first + column.getBytes());
}

/// The layers whose tables are still there; another program may have removed one.
std::vector<LayerRow> readLayers(SQLite::Database& connection, std::vector<std::string>& notes) {
    std::vector<LayerRow> layers;
    SQLite::Statement rows(
        connection, "SELECT name, kind, scene, date, model, model_fingerprint FROM gpkgext_nunatak_layers "
                    "ORDER BY position");
    while (rows.executeStep()) {
        LayerRow layer{rows.getColumn(0).getString(), rows.getColumn(1).getString(),
                       rows.getColumn(2).getString(), rows.getColumn(3).getString(),
                       rows.getColumn(4).getString(), rows.getColumn(5).getString()};
        if (connection.tableExists(layer.name)) {
            layers.push_back(std::move(layer));
        } else {
            notes.push_back("Another program removed the layer " + layer.name + " from the project.");
        }
    }
    return layers;
}

} // namespace

Contents Store::contents() {
    return wrapped(m_impl->file, [&] {
        SQLite::Database& connection = m_impl->connection;
        Contents found;
        found.crsWkt = connection.execAndGet("SELECT crs_wkt FROM gpkgext_nunatak_project").getString();
        found.layers = readLayers(connection, found.notes);

        SQLite::Statement scenes(connection, "SELECT id, json FROM gpkgext_nunatak_scenes ORDER BY position");
        while (scenes.executeStep()) {
            found.scenes.push_back({scenes.getColumn(0).getString(), scenes.getColumn(1).getString()});
        }
        SQLite::Statement history(
            connection,
            "SELECT id, time, description, COALESCE(undoes, 0) FROM gpkgext_nunatak_history ORDER BY id");
        while (history.executeStep()) {
            found.history.push_back({history.getColumn(0).getInt64(), history.getColumn(1).getString(),
                                     history.getColumn(2).getString(), history.getColumn(3).getInt64()});
        }
        SQLite::Statement runs(
            connection, "SELECT id, layer, step, scene, model, model_fingerprint, threshold, settings, "
                        "time, region FROM gpkgext_nunatak_runs ORDER BY step");
        while (runs.executeStep()) {
            found.runs.push_back({runs.getColumn(0).getString(), runs.getColumn(1).getString(),
                                  runs.getColumn(2).getInt64(), runs.getColumn(3).getString(),
                                  runs.getColumn(4).getString(), runs.getColumn(5).getString(),
                                  runs.getColumn(6).getDouble(), runs.getColumn(7).getString(),
                                  runs.getColumn(8).getString(), bytesOf(runs.getColumn(9))});
        }
        SQLite::Statement tables(
            connection, "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT IN "
                        "(SELECT name FROM gpkgext_nunatak_layers)");
        while (tables.executeStep()) {
            found.otherTables.push_back(tables.getColumn(0).getString());
        }
        SQLite::Statement settings(connection, "SELECT key, value FROM gpkgext_nunatak_settings");
        while (settings.executeStep()) {
            found.settings.emplace(settings.getColumn(0).getString(), settings.getColumn(1).getString());
        }
        return found;
    });
}

void Store::forEachFeature(const std::string& layer, const std::function<void(FeatureRow&&)>& take) {
    wrapped(m_impl->file, [&] {
        const bool hasReview = hasReviewColumn(m_impl->connection, layer);
        SQLite::Statement rows(m_impl->connection, std::string("SELECT ") + featureColumns +
                                                       (hasReview ? ", review" : ", NULL") + " FROM " +
                                                       quoted(layer) +
                                                       " WHERE uuid IS NOT NULL AND uuid <> '' ORDER BY fid");
        while (rows.executeStep()) {
            FeatureRow row{.uuid = rows.getColumn(0).getString(),
                           .name = rows.getColumn(1).getString(),
                           .srcDate = rows.getColumn(2).getString(),
                           .scene = rows.getColumn(3).getString(),
                           .sensor = rows.getColumn(4).getString(),
                           .model = rows.getColumn(5).getString(),
                           .modelFingerprint = rows.getColumn(6).getString(),
                           .run = rows.getColumn(7).getString(),
                           .threshold = rows.getColumn(8).getDouble(),
                           .attributes = rows.getColumn(9).getString(),
                           .review = rows.getColumn(11).getString(),
                           .wkb = {},
                           .box = {}};
            const SQLite::Column geometry = rows.getColumn(10);
            if (geometry.isBlob()) {
                const auto* first = static_cast<const std::uint8_t*>(geometry.getBlob());
                const auto view = viewBlob({first, static_cast<std::size_t>(geometry.getBytes())});
                if (view && !view->empty) {
                    row.wkb.assign(view->wkb.begin(), view->wkb.end());
                    row.box = view->box;
                }
            }
            take(std::move(row));
        }
    });
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
            ReverseChange change{.layer = rows.getColumn(0).getString(),
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

} // namespace nunatak::database
