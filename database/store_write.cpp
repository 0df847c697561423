// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema.h"
#include "store_impl.h"

#include <sqlite3.h>

namespace nunatak::database {

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

void Store::Impl::writeAll(const Transaction& transaction) {
    for (const LayerRow& layer : transaction.layers) {
        write(layer);
    }
    if (transaction.step) {
        write(*transaction.step);
    }
    write(transaction.features);
    for (const auto& [layer, box] : transaction.extents) {
        writeExtent(layer, box);
    }
    int position = 0;
    for (const ReverseChange& change : transaction.changes) {
        write(change, transaction.step ? transaction.step->id : 0, position++);
    }
    if (transaction.run) {
        write(*transaction.run);
    }
    if (transaction.scene) {
        write(*transaction.scene);
    }
    for (const auto& [key, value] : transaction.settings) {
        SQLite::Statement& setting = statement("INSERT INTO gpkgext_nunatak_settings VALUES (?, ?) ON "
                                               "CONFLICT(key) DO UPDATE SET value = excluded.value");
        setting.bind(1, key);
        setting.bind(2, value);
        setting.exec();
    }
}

void Store::commit(const Transaction& transaction) {
    wrapped(m_impl->file, [&] {
        m_impl->throwIfReplaced();
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
        m_impl->writeAll(transaction);
        scope.commit();
    });
}

} // namespace nunatak::database
