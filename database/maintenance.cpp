// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/maintenance.h"

#include "base/counted.h"
#include "base/error.h"
#include "base/staging_folder.h"
#include "base/whole_file.h"
#include "connection.h"
#include "database/store.h"
#include "database/writer_lock.h"
#include "layer_table.h"
#include "new_file.h"
#include "schema.h"
#include "store_impl.h"

#include <chrono>
#include <stop_token>
#include <thread>

#include <SQLiteCpp/Backup.h>
#include <sqlite3.h>

namespace nunatak::database {

namespace {

/// While it lives, what a connection does ends with an exception of SQLite's once the work shall stop.
class Stoppable {
public:
    Stoppable(SQLite::Database& connection, const Progress& progress)
        : m_connection(connection), m_stop(progress.stopToken()) {
        constexpr int often = 10'000; // instructions of SQLite's
        sqlite3_progress_handler(
            m_connection.getHandle(), often,
            [](void* self) { return static_cast<Stoppable*>(self)->m_stop.stop_requested() ? 1 : 0; }, this);
    }
    ~Stoppable() { sqlite3_progress_handler(m_connection.getHandle(), 0, nullptr, nullptr); }
    Stoppable(const Stoppable&) = delete;
    Stoppable& operator=(const Stoppable&) = delete;

private:
    SQLite::Database& m_connection;
    std::stop_token m_stop;
};

/// Removes what it was given when it goes.
class Scratch {
public:
    ~Scratch() {
        std::error_code ignored;
        if (!folder.empty()) {
            std::filesystem::remove_all(folder, ignored);
        }
    }
    std::filesystem::path folder;
};

std::int64_t numberOf(SQLite::Database& connection, const std::string& question) {
    return connection.execAndGet(question).getInt64();
}

/// What SQLite finds in its pages, tables and indices.
void checkPages(SQLite::Database& connection, std::vector<Finding>& found) {
    constexpr int most = 20; // lines: a damaged page makes hundreds
    SQLite::Statement lines(connection, "PRAGMA integrity_check(" + std::to_string(most) + ")");
    while (lines.executeStep()) {
        for (const std::string& line : linesOf(lines.getColumn(0).getString())) {
            if (line != "ok") {
                found.push_back({Finding::Kind::Damage, "The file is damaged: " + line + "."});
            }
        }
    }
}

void checkLayer(SQLite::Database& connection, const std::string& layer, std::vector<Finding>& found) {
    const LayerTable table = layerTable(connection, layer, projectSrsId(connection));
    const std::string name = sqlName(layer);
    if (!table.isReadable()) {
        found.push_back({Finding::Kind::MissingTable, "The layer " + layer + " has no table of shapes."});
        return;
    }
    const std::string shape = sqlName(table.geometry);
    const std::int64_t unreadable =
        numberOf(connection, "SELECT COUNT(*) FROM " + name + " WHERE " + shape +
                                 " IS NOT NULL AND ST_IsEmpty(" + shape + ") IS NULL");
    if (unreadable > 0) {
        found.push_back({Finding::Kind::Shapes, "The layer " + layer + " has " +
                                                    counted(unreadable, "outline") +
                                                    " whose shape cannot be read."});
    }
    if (table.has("uuid")) {
        const std::int64_t unnamed =
            numberOf(connection, "SELECT COUNT(*) - COUNT(DISTINCT NULLIF(uuid, '')) FROM " + name);
        if (unnamed > 0) {
            found.push_back({Finding::Kind::Names, "The layer " + layer + " has " +
                                                       counted(unnamed, "outline") +
                                                       " without a UUID of its own."});
        }
    }
    const std::string index = "rtree_" + layer + "_" + table.geometry;
    if (!connection.tableExists(index)) {
        found.push_back({Finding::Kind::MissingIndex, "The layer " + layer + " has no spatial index."});
    } else if (!table.key.empty()) {
        const std::int64_t astray =
            numberOf(connection, "SELECT (SELECT COUNT(*) FROM " + name + " WHERE ST_IsEmpty(" + shape +
                                     ") = 0) - (SELECT COUNT(*) FROM " + sqlName(index) + " AS i JOIN " +
                                     name + " AS t ON t." + sqlName(table.key) +
                                     " = i.id WHERE ST_IsEmpty(t." + shape + ") = 0)");
        const std::int64_t left =
            numberOf(connection, "SELECT COUNT(*) FROM " + sqlName(index) + " WHERE id NOT IN (SELECT " +
                                     sqlName(table.key) + " FROM " + name + ")");
        if (astray != 0 || left != 0) {
            found.push_back({Finding::Kind::Index,
                             "The spatial index of the layer " + layer + " does not know what is in it."});
        }
    }
}

void checkHistory(SQLite::Database& connection, std::vector<Finding>& found) {
    const std::int64_t gaps =
        numberOf(connection, "SELECT COALESCE(MAX(id), 0) - COUNT(*) FROM gpkgext_nunatak_history");
    if (gaps != 0) {
        found.push_back({Finding::Kind::History, "The history lacks " + counted(gaps, "step") + "."});
    }
    const std::int64_t homeless =
        numberOf(connection, "SELECT COUNT(*) FROM gpkgext_nunatak_changes WHERE step NOT IN (SELECT id FROM "
                             "gpkgext_nunatak_history)");
    if (homeless > 0) {
        found.push_back({Finding::Kind::History, "The history has " + counted(homeless, "change") +
                                                     " of steps that it does not know."});
    }
    const std::int64_t unknown = numberOf(connection, "SELECT COUNT(*) FROM gpkgext_nunatak_history WHERE "
                                                      "undoes IS NOT NULL AND (undoes >= id OR undoes NOT "
                                                      "IN (SELECT id FROM gpkgext_nunatak_history))");
    if (unknown > 0) {
        found.push_back({Finding::Kind::History, "The history has " + counted(unknown, "step") +
                                                     " that takes back one which is not there."});
    }
}

/// A connection that only reads, of a project that this program knows. Nothing else opens the file: that
/// would drop the locks of whoever has it open in this process.
SQLite::Database openToRead(const std::filesystem::path& file, Scratch& scratch) {
    throwUnlessAFile(file);
    SQLite::Database connection = openForReading(file, scratch.folder);
    throwUnlessOurs(connection, file);
    return connection;
}

} // namespace

std::vector<Finding> check(const std::filesystem::path& file, const Progress& progress) {
    std::vector<Finding> found;
    wrapped(file, [&] {
        Scratch scratch;
        SQLite::Database connection = openToRead(file, scratch);
        const Stoppable stoppable(connection, progress);
        progress.report(0, "Reading every page");
        try {
            checkPages(connection, found);
            if (!found.empty()) {
                return; // what else there is to say follows from that
            }
            std::vector<std::string> layers;
            SQLite::Statement names(connection, "SELECT name FROM gpkgext_nunatak_layers ORDER BY position");
            while (names.executeStep()) {
                layers.push_back(names.getColumn(0).getString());
            }
            for (std::size_t i = 0; i < layers.size(); ++i) {
                progress.report(static_cast<double>(i) / static_cast<double>(layers.size()), layers[i]);
                checkLayer(connection, layers[i], found);
            }
            checkHistory(connection, found);
        } catch (const SQLite::Exception& failure) {
            progress.throwIfStopped();
            if (failure.getErrorCode() != SQLITE_CORRUPT) {
                throw;
            }
            found.push_back(
                {Finding::Kind::Damage, std::string("The file is damaged: ") + failure.what() + "."});
        }
    });
    return found;
}

Compacted compact(const std::filesystem::path& file, const Progress& progress) {
    const WriterLock lock(file);
    progress.report(0, "Looking at the file");
    Compacted sizes;
    wrapped(file, [&] {
        Store store(file, Store::Mode::ReadWrite);
        store.close(); // what a session that was cut off left comes into the file first
        sizes.before = std::filesystem::file_size(file);
        SQLite::Database connection = openForWriting(file, false);
        connection.exec("PRAGMA synchronous=FULL");
        progress.report(0.1, "Writing it anew");
        progress.throwIfStopped();
        const Stoppable stoppable(connection, progress);
        try {
            connection.exec("VACUUM");
        } catch (const SQLite::Exception&) {
            progress.throwIfStopped();
            throw;
        }
        sizes.after = std::filesystem::file_size(file);
    });
    return sizes;
}

void copy(const std::filesystem::path& file, const std::filesystem::path& target, const Progress& all,
          const std::function<void(const std::filesystem::path& staging, const Progress&)>& beside) {
    using namespace std::chrono_literals;
    throwUnlessFree(target);
    const auto place = std::filesystem::absolute(target);
    StagingFolder staging(place.parent_path());
    const auto made = staging.path() / place.filename();
    constexpr double ofBeside = 0.6;
    if (beside) {
        beside(staging.path(), all.part(0, ofBeside));
    }
    const Progress progress = all.part(beside ? ofBeside : 0, 1);
    wrapped(file, [&] {
        Scratch scratch;
        SQLite::Database source = openToRead(file, scratch);
        try {
            SQLite::Database copied = openForWriting(made, true);
            {
                SQLite::Backup backup(copied, source);
                constexpr int pages = 2000; // at a time
                for (int code = SQLITE_OK; code != SQLITE_DONE;) {
                    code = backup.executeStep(pages);
                    if (code == SQLITE_BUSY || code == SQLITE_LOCKED) {
                        std::this_thread::sleep_for(20ms);
                    }
                    const int total = backup.getTotalPageCount();
                    progress.report(
                        total == 0 ? 1 : 1 - static_cast<double>(backup.getRemainingPageCount()) / total);
                }
            }
            copied.exec("PRAGMA journal_mode=DELETE"); // closed like any project: one file, which is no WAL
        } catch (const SQLite::Exception& failure) {
            if (failure.getErrorCode() == SQLITE_CORRUPT) {
                throw; // it is the project
            }
            rethrowAsError(failure, target);
        }
    });
    if (beside) {
        staging.publish(place.filename().string(), {}, {.maker = "copy"});
        return;
    }
    syncFile(made);
    publish(made, place);
    syncFolder(place.parent_path());
}

} // namespace nunatak::database
