// SPDX-License-Identifier: GPL-3.0-or-later
#include "geopackage_blob.h"
#include "schema.h"
#include "store_impl.h"

#include <sqlite3.h>

namespace nunatak::database {

namespace {

/// Other programs show nothing rather than an empty text.
void bindText(SQLite::Statement& statement, int index, const std::string& text) {
    if (text.empty()) {
        statement.bind(index);
    } else {
        statement.bindNoCopy(index, text);
    }
}

void bindBytes(SQLite::Statement& statement, int index, const Bytes& bytes) {
    statement.bindNoCopy(index, static_cast<const void*>(bytes.data()), static_cast<int>(bytes.size()));
}

} // namespace

SQLite::Statement& Store::Impl::statement(const std::string& sql) {
    auto found = statements.find(sql);
    if (found == statements.end()) {
        found = statements.emplace(sql, SQLite::Statement(connection, sql)).first;
    }
    found->second.tryReset();
    found->second.clearBindings();
    return found->second;
}

void Store::Impl::enterWal() {
    if (useWal) {
        return;
    }
    // While another program reads, this is refused; the next commit tries again, and until then the rollback
    // journal serves.
    try {
        useWal = connection.execAndGet("PRAGMA journal_mode=WAL").getString() == "wal";
        // An edit that was reported as saved outlives a power cut; a small file, for it is read at every
        // opening.
        connection.exec("PRAGMA synchronous=FULL; PRAGMA journal_size_limit=8388608");
    } catch (const SQLite::Exception& failure) {
        if (failure.getErrorCode() != SQLITE_BUSY && failure.getErrorCode() != SQLITE_LOCKED) {
            throw;
        }
    }
}

void Store::Impl::write(const LayerRow& layer) {
    SQLite::Statement& update =
        statement("UPDATE gpkgext_nunatak_layers SET kind = ?2, scene = ?3, date = ?4, model = ?5, "
                  "model_fingerprint = ?6 WHERE name = ?1");
    SQLite::Statement& insert =
        statement("INSERT INTO gpkgext_nunatak_layers (name, kind, scene, date, model, model_fingerprint) "
                  "VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    for (SQLite::Statement* target : {&update, &insert}) {
        target->bind(1, layer.name);
        target->bind(2, layer.kind);
        target->bind(3, layer.scene);
        target->bind(4, layer.date);
        target->bind(5, layer.model);
        target->bind(6, layer.modelFingerprint);
    }
    if (update.exec() == 0) {
        insert.exec();
    }
    if (!connection.tableExists(layer.name)) {
        makeLayerTable(connection, layer.name, srsId);
    }
}

void Store::Impl::bindFeature(SQLite::Statement& target, const FeatureRow& row, const Bytes& blob,
                              bool hasReview) {
    target.bindNoCopy(1, row.uuid);
    bindText(target, 2, row.name);
    bindText(target, 3, row.srcDate);
    bindText(target, 4, row.scene);
    bindText(target, 5, row.sensor);
    bindText(target, 6, row.model);
    bindText(target, 7, row.modelFingerprint);
    bindText(target, 8, row.run);
    if (row.threshold != 0) {
        target.bind(9, row.threshold);
    }
    bindText(target, 10, row.attributes);
    bindBytes(target, 11, blob);
    if (hasReview) {
        bindText(target, 12, row.review);
    }
}

std::set<std::string> Store::Impl::layersWithReview(const std::vector<FeatureChange>& changes) {
    std::map<std::string, bool> needed;
    for (const FeatureChange& change : changes) {
        bool& isNeeded = needed.try_emplace(change.layer, false).first->second;
        isNeeded = isNeeded || (change.row && !change.row->review.empty());
    }
    std::set<std::string> layers;
    for (const auto& [layer, isNeeded] : needed) {
        if (isNeeded) {
            makeReviewable(connection, layer);
        }
        if (isNeeded || hasReviewColumn(connection, layer)) {
            layers.insert(layer);
        }
    }
    return layers;
}

void Store::Impl::write(const FeatureChange& change, bool hasReview) {
    const std::string table = quoted(change.layer);
    if (!change.row) {
        SQLite::Statement& removal = statement("DELETE FROM " + table + " WHERE uuid = ?");
        removal.bindNoCopy(1, change.uuid);
        removal.exec();
        return;
    }
    const Bytes blob = toBlob(change.row->wkb, change.row->box, srsId);
    // Not an UPSERT: the R-tree triggers of GeoPackage 1.3 and an upsert do not go together.
    SQLite::Statement& update = statement("UPDATE " + table +
                                          " SET name = ?2, src_date = ?3, scene = ?4, sensor = ?5, model = "
                                          "?6, model_fingerprint = ?7, run = ?8, "
                                          "threshold = ?9, attributes = ?10, geom = ?11" +
                                          (hasReview ? ", review = ?12" : "") + " WHERE uuid = ?1");
    bindFeature(update, *change.row, blob, hasReview);
    if (update.exec() == 0) {
        SQLite::Statement& insert = statement(
            "INSERT INTO " + table + " (" + featureColumns + (hasReview ? ", review" : "") +
            ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11" + (hasReview ? ", ?12)" : ")"));
        bindFeature(insert, *change.row, blob, hasReview);
        insert.exec();
        insert.tryReset();
    }
    update.tryReset();
}

void Store::Impl::write(const HistoryRow& row) {
    SQLite::Statement& insert = statement("INSERT INTO gpkgext_nunatak_history VALUES (?, ?, ?, ?)");
    insert.bind(1, row.id);
    insert.bind(2, row.time);
    insert.bind(3, row.description);
    if (row.undoes != 0) {
        insert.bind(4, row.undoes);
    }
    insert.exec();
}

void Store::Impl::write(const ReverseChange& change, std::int64_t step, int position) {
    SQLite::Statement& insert =
        statement("INSERT INTO gpkgext_nunatak_changes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insert.bind(1, step);
    insert.bind(2, position);
    insert.bindNoCopy(3, change.layer);
    insert.bindNoCopy(4, change.uuid);
    insert.bind(5, static_cast<int>(change.before));
    insert.bind(6, static_cast<std::int64_t>(change.prefix));
    insert.bind(7, static_cast<std::int64_t>(change.suffix));
    if (change.before != ReverseChange::Before::Absent) {
        bindBytes(insert, 8, change.bytes);
    }
    if (change.afterHash) {
        insert.bind(9, *change.afterHash);
    }
    insert.exec();
    insert.tryReset();
}

void Store::Impl::write(const RunRow& row) {
    SQLite::Statement& insert =
        statement("INSERT OR REPLACE INTO gpkgext_nunatak_runs (id, step, layer, scene, model, "
                  "model_fingerprint, threshold, settings, time, region) "
                  "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insert.bind(1, row.id);
    insert.bind(2, row.step);
    insert.bind(3, row.layer);
    insert.bind(4, row.scene);
    insert.bind(5, row.model);
    insert.bind(6, row.modelFingerprint);
    insert.bind(7, row.threshold);
    insert.bind(8, row.settings);
    insert.bind(9, row.time);
    bindBytes(insert, 10, row.region);
    insert.exec();
    insert.tryReset();
}

void Store::Impl::write(const SceneRow& row) {
    SQLite::Statement& update = statement("UPDATE gpkgext_nunatak_scenes SET json = ?2 WHERE id = ?1");
    SQLite::Statement& insert = statement("INSERT INTO gpkgext_nunatak_scenes (id, json) VALUES (?1, ?2)");
    for (SQLite::Statement* target : {&update, &insert}) {
        target->bind(1, row.id);
        target->bind(2, row.json);
    }
    if (update.exec() == 0) {
        insert.exec();
    }
}

void Store::Impl::writeExtent(const std::string& layer, const std::optional<Box>& box) {
    SQLite::Statement& update =
        statement("UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ?, "
                  "last_change = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE table_name = ?");
    if (box) {
        update.bind(1, box->xmin);
        update.bind(2, box->ymin);
        update.bind(3, box->xmax);
        update.bind(4, box->ymax);
    }
    update.bind(5, layer);
    update.exec();
}

int Store::nameNewOutlines(const std::function<std::string()>& makeUuid) {
    return wrapped(m_impl->file, [&] {
        int named = 0;
        for (const LayerRow& layer : contents().layers) {
            const std::string table = quoted(layer.name);
            std::vector<std::int64_t> unnamed;
            {
                SQLite::Statement rows(m_impl->connection,
                                       "SELECT fid FROM " + table + " WHERE uuid IS NULL OR uuid = ''");
                while (rows.executeStep()) {
                    unnamed.push_back(rows.getColumn(0).getInt64());
                }
            }
            if (unnamed.empty()) {
                continue;
            }
            WriteScope scope(m_impl->connection);
            SQLite::Statement update(m_impl->connection, "UPDATE " + table + " SET uuid = ? WHERE fid = ?");
            for (const std::int64_t fid : unnamed) {
                update.bind(1, makeUuid());
                update.bind(2, fid);
                update.exec();
                update.reset();
                ++named;
            }
            scope.commit();
        }
        return named;
    });
}

void Store::commit(const Transaction& transaction) {
    wrapped(m_impl->file, [&] {
        m_impl->enterWal();
        WriteScope scope(m_impl->connection);
        if (transaction.step) {
            SQLite::Statement& known =
                m_impl->statement("SELECT 1 FROM gpkgext_nunatak_history WHERE id = ?");
            known.bind(1, transaction.step->id);
            const bool there = known.executeStep();
            known.tryReset();
            if (there) {
                return;
            }
        }
        for (const LayerRow& layer : transaction.layers) {
            m_impl->write(layer);
        }
        if (transaction.step) {
            m_impl->write(*transaction.step);
        }
        const auto reviewed = m_impl->layersWithReview(transaction.features);
        for (const FeatureChange& change : transaction.features) {
            m_impl->write(change, reviewed.contains(change.layer));
        }
        for (const auto& [layer, box] : transaction.extents) {
            m_impl->writeExtent(layer, box);
        }
        int position = 0;
        for (const ReverseChange& change : transaction.changes) {
            m_impl->write(change, transaction.step ? transaction.step->id : 0, position++);
        }
        if (transaction.run) {
            m_impl->write(*transaction.run);
        }
        if (transaction.scene) {
            m_impl->write(*transaction.scene);
        }
        for (const auto& [key, value] : transaction.settings) {
            SQLite::Statement& setting = m_impl->statement(
                "INSERT INTO gpkgext_nunatak_settings VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = "
                "excluded.value");
            setting.bind(1, key);
            setting.bind(2, value);
            setting.exec();
        }
        scope.commit();
    });
}

} // namespace nunatak::database
