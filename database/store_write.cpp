// SPDX-License-Identifier: GPL-3.0-or-later
#include "layer_styles.h"
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
    if (useWal || !network.empty()) {
        return; // the index of a -wal file is memory that one machine alone shares
    }
    // While another program reads, this is refused; the next commit tries again, and until then the rollback
    // journal serves.
    try {
        // It answers before it has changed the file, and says only at its end whether it could.
        SQLite::Statement change(connection, "PRAGMA journal_mode=WAL");
        const bool isAgreed = change.executeStep() && change.getColumn(0).getString() == "wal";
        while (change.executeStep()) {
        }
        useWal = isAgreed;
        // An edit that was reported as saved outlives a power cut; a small file, for it is read at every
        // opening.
        connection.exec("PRAGMA synchronous=FULL; PRAGMA journal_size_limit=8388608");
    } catch (const SQLite::Exception& failure) {
        if (failure.getErrorCode() != SQLITE_BUSY && failure.getErrorCode() != SQLITE_LOCKED) {
            throw;
        }
    }
}

namespace {

/// Binds from `first` on: name, kind, scene, date, model, fingerprint, and where there is a place for them
/// title, epoch, year and tolerance.
void bindLayer(SQLite::Statement& target, int first, const LayerRow& layer, bool hasEpoch) {
    int index = first;
    for (const std::string* text :
         {&layer.name, &layer.kind, &layer.scene, &layer.date, &layer.model, &layer.modelFingerprint}) {
        target.bindNoCopy(index++, *text); // empty ones are texts here
    }
    if (!hasEpoch) {
        return;
    }
    bindText(target, index++, layer.title);
    bindText(target, index++, layer.epoch);
    if (layer.epochYear) {
        target.bind(index, *layer.epochYear);
        target.bind(index + 1, layer.epochTolerance);
    }
}

} // namespace

void Store::Impl::write(const LayerRow& layer, int order) {
    const bool hasEpoch = versionOf(connection) >= inventoryVersion;
    SQLite::Statement& update = statement(
        std::string("UPDATE gpkgext_nunatak_layers SET kind = ?2, scene = ?3, date = ?4, model = ?5, "
                    "model_fingerprint = ?6") +
        (hasEpoch ? ", title = ?7, epoch = ?8, epoch_year = ?9, epoch_tolerance = ?10" : "") +
        " WHERE name = ?1");
    bindLayer(update, 1, layer, hasEpoch);
    if (update.exec() == 0) {
        if (order >= 0) { // room for one that stood between others
            SQLite::Statement& room = statement(
                "UPDATE gpkgext_nunatak_layers SET position = -position - 1 WHERE position >= (SELECT "
                "position FROM gpkgext_nunatak_layers ORDER BY position LIMIT 1 OFFSET ?)");
            room.bind(1, order);
            room.exec();
        }
        SQLite::Statement& insert = statement(
            std::string("INSERT INTO gpkgext_nunatak_layers (position, name, kind, scene, date, model, "
                        "model_fingerprint") +
            (hasEpoch ? ", title, epoch, epoch_year, epoch_tolerance" : "") +
            ") VALUES ((SELECT COALESCE(MAX(position), 0) + 1 FROM gpkgext_nunatak_layers WHERE position > "
            "0), "
            "?1, ?2, ?3, ?4, ?5, ?6" +
            (hasEpoch ? ", ?7, ?8, ?9, ?10" : "") + ")");
        bindLayer(insert, 1, layer, hasEpoch);
        insert.exec();
        if (order >= 0) {
            statement("UPDATE gpkgext_nunatak_layers SET position = -position WHERE position < 0").exec();
        }
    }
    if (!connection.tableExists(layer.name)) {
        makeLayerTable(connection, layer.name, srsId, layer.geometryType);
        made.insert(layer.name);
        addLayerStyle(connection, layer.name);
    }
}

void Store::Impl::removeLayer(const std::string& layer) {
    const LayerTable table = layerTable(connection, layer, srsId);
    // Rows that are left are not ours to drop: another program's, or such as could not be read.
    if (table.exists &&
        !SQLite::Statement(connection, "SELECT 1 FROM " + sqlName(layer) + " LIMIT 1").executeStep()) {
        statements.clear(); // a table that is being read or written cannot go
        dropLayerTable(connection, table);
    }
    SQLite::Statement& removal = statement("DELETE FROM gpkgext_nunatak_layers WHERE name = ?");
    removal.bindNoCopy(1, layer);
    removal.exec();
}

void Store::Impl::write(const LayerRowChange& change, std::int64_t step, int position) {
    SQLite::Statement& insert =
        statement("INSERT INTO gpkgext_nunatak_layer_changes (step, position, is_after, place, name, kind, "
                  "scene, date, "
                  "model, model_fingerprint, title, epoch, epoch_year, epoch_tolerance) "
                  "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (const bool isAfter : {false, true}) {
        if (const auto& row = isAfter ? change.after : change.before) {
            insert.tryReset();
            insert.clearBindings();
            insert.bind(1, step);
            insert.bind(2, position);
            insert.bind(3, isAfter ? 1 : 0);
            insert.bind(4, change.place);
            bindLayer(insert, 5, *row, true);
            insert.exec();
        }
    }
    insert.tryReset();
}

void Store::Impl::write(const HistoryRow& row) {
    const bool isNamed = !row.tool.empty() || !row.analyst.empty() || !row.picture.empty();
    SQLite::Statement& insert = statement(
        std::string("INSERT INTO gpkgext_nunatak_history (id, time, description, undoes") +
        (isNamed ? ", tool, analyst, picture) VALUES (?, ?, ?, ?, ?, ?, ?)" : ") VALUES (?, ?, ?, ?)"));
    insert.bind(1, row.id);
    insert.bind(2, row.time);
    insert.bind(3, row.description);
    if (row.undoes != 0) {
        insert.bind(4, row.undoes);
    }
    if (isNamed) {
        bindText(insert, 5, row.tool);
        bindText(insert, 6, row.analyst);
        bindText(insert, 7, row.picture);
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

void Store::Impl::writeMerged(const std::vector<MergedRow>& rows) {
    if (rows.empty()) {
        return;
    }
    SQLite::Statement& insert =
        statement("INSERT INTO gpkgext_nunatak_merged_steps (step, position, source, id, time, description, "
                  "undoes, tool, analyst, picture, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    SQLite::Statement& touch = statement("INSERT OR IGNORE INTO gpkgext_nunatak_merged_changes (layer, uuid, "
                                         "step, position) VALUES (?, ?, ?, ?)");
    int position = 0;
    for (const MergedRow& row : rows) {
        insert.tryReset();
        insert.clearBindings();
        insert.bind(1, row.step);
        insert.bind(2, position);
        insert.bind(3, row.source);
        insert.bind(4, row.what.id);
        insert.bind(5, row.what.time);
        insert.bind(6, row.what.description);
        if (row.what.undoes != 0) {
            insert.bind(7, row.what.undoes);
        }
        bindText(insert, 8, row.what.tool);
        bindText(insert, 9, row.what.analyst);
        bindText(insert, 10, row.what.picture);
        if (row.content != 0) {
            insert.bind(11, row.content);
        }
        insert.exec();
        for (const auto& [layer, uuid] : row.outlines) {
            touch.tryReset();
            touch.bindNoCopy(1, layer);
            touch.bindNoCopy(2, uuid);
            touch.bind(3, row.step);
            touch.bind(4, position);
            touch.exec();
        }
        ++position;
    }
    insert.tryReset();
    touch.tryReset();
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
    const bool hasStep = versionOf(connection) >= contentVersion;
    SQLite::Statement& update = statement(std::string("UPDATE gpkgext_nunatak_scenes SET json = ?2") +
                                          (hasStep ? ", step = NULLIF(?3, 0)" : "") + " WHERE id = ?1");
    SQLite::Statement& insert = statement(
        hasStep ? "INSERT INTO gpkgext_nunatak_scenes (id, json, step) VALUES (?1, ?2, NULLIF(?3, 0))"
                : "INSERT INTO gpkgext_nunatak_scenes (id, json) VALUES (?1, ?2)");
    for (SQLite::Statement* target : {&update, &insert}) {
        target->bind(1, row.id);
        target->bind(2, row.json);
        if (hasStep) {
            target->bind(3, row.step);
        }
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
    raiseVersion(connection, versionFor(transaction));
    for (const LayerRow& layer : transaction.layers) {
        write(layer);
    }
    for (const LayerRowChange& change : transaction.layerChanges) {
        if (change.after) {
            write(*change.after, change.place);
        }
    }
    if (transaction.step) {
        write(*transaction.step);
    }
    write(transaction.features);
    keepIndexes();
    for (const auto& [layer, box] : transaction.extents) {
        writeExtent(layer, box);
    }
    int position = 0;
    for (const LayerRowChange& change : transaction.layerChanges) {
        if (!change.after) {
            removeLayer(change.before->name);
        }
        if (transaction.step) {
            write(change, transaction.step->id, position++);
        }
    }
    position = 0;
    for (const ReverseChange& change : transaction.changes) {
        write(change, transaction.step ? transaction.step->id : 0, position++);
    }
    writeMerged(transaction.merged);
    for (const RunRow& run : transaction.runs) {
        write(run);
    }
    for (const SceneRow& scene : transaction.scenes) {
        write(scene);
    }
    for (const auto& [key, value] : transaction.settings) {
        SQLite::Statement& setting = statement("INSERT INTO gpkgext_nunatak_settings VALUES (?, ?) ON "
                                               "CONFLICT(key) DO UPDATE SET value = excluded.value");
        setting.bind(1, key);
        setting.bind(2, value);
        setting.exec();
    }
}

bool Store::Impl::othersWrote() {
    const int version = connection.execAndGet("PRAGMA data_version").getInt();
    haveOthersWritten = haveOthersWritten || (dataVersion && *dataVersion != version);
    dataVersion = version;
    return haveOthersWritten;
}

bool Store::Impl::hasStep(std::int64_t step) {
    SQLite::Statement& found = statement("SELECT 1 FROM gpkgext_nunatak_history WHERE id = ?");
    found.bind(1, step);
    const bool there = found.executeStep();
    found.tryReset();
    return there;
}

namespace {

/// True of what a project that is not in WAL mode yet takes by its rollback journal, such as an import by
/// a command: new pages are written once, where by way of the -wal file they are written twice and read in
/// between. Who reads meanwhile waits for as long as that takes.
bool isGreat(std::span<const Transaction> transactions) {
    constexpr std::size_t great = 4U << 20U; // bytes
    std::size_t bytes = 0;
    for (const Transaction& transaction : transactions) {
        for (const FeatureChange& change : transaction.features) {
            bytes += change.row ? change.row->wkb.size() : 0;
        }
    }
    return bytes > great;
}

} // namespace

void Store::commit(std::span<const Transaction> transactions, const Compare& compare) {
    wrapped(m_impl->file, [&] {
        m_impl->throwIfReplaced();
        m_impl->throwIfAnother(); // before anything of the file changes
        m_impl->keepEarlierVersion(*this, transactions);
        if (m_impl->useWal || !isGreat(transactions)) {
            m_impl->enterWal();
        } else { // FULL would let a power cut take it back that comes at once
            m_impl->connection.exec("PRAGMA synchronous=EXTRA");
        }
        WriteScope scope(m_impl->connection);
        m_impl->made.clear(); // by one that was taken back
        m_impl->throwIfAnother();
        for (std::size_t i = 0; i < transactions.size(); ++i) {
            if (transactions[i].step && m_impl->hasStep(transactions[i].step->id)) {
                continue;
            }
            if (compare && m_impl->othersWrote()) {
                Transaction more = transactions[i];
                compare(i, m_impl->present(more.features), more);
                m_impl->writeAll(more);
            } else {
                m_impl->writeAll(transactions[i]);
            }
        }
        const Identity written = m_impl->identity();
        m_impl->attempted = written;
        scope.commit();
        m_impl->known = written;
        m_impl->attempted.reset();
        m_impl->isOverwritten = false;               // it was what it should be again
        m_impl->watch.isOverwritten(m_impl->useWal); // takes note of what the commit wrote back itself
        if (!m_impl->walInode) {
            m_impl->noteWal();
        }
    });
}

} // namespace nunatak::database
