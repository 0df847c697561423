// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/store.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace nunatak::database {

/// Rethrows the SQLite failure in flight as an Error with a sentence about `file`.
[[noreturn]] void rethrowAsError(const SQLite::Exception& failure, const std::filesystem::path& file);

/// Throws StoreDamaged with a sentence about `file`. `what`: of the damage, as SQLite says it.
[[noreturn]] void throwDamaged(const std::filesystem::path& file, const std::string& what);

/// What PRAGMA integrity_check says, line by line, but for the lines that only say where; never empty.
std::vector<std::string> linesOf(const std::string& verdict);

/// Runs `work` and turns SQLite's exceptions into ours.
template <typename Work> auto wrapped(const std::filesystem::path& file, Work&& work) {
    try {
        return std::forward<Work>(work)();
    } catch (const SQLite::Exception& failure) {
        rethrowAsError(failure, file);
    }
}

/// An existing file for reading and writing, or one to be made; trusts no schema, knows the spatial
/// functions.
SQLite::Database openForWriting(const std::filesystem::path& file, bool make);

/// A connection that trusts no schema, changes nothing and needs no right to write anywhere. What a session
/// that was cut off left in NAME-wal is seen too: where SQLite cannot read it in place (a read-only folder),
/// from a copy in `scratch`.
SQLite::Database openForReading(const std::filesystem::path& file, std::filesystem::path& scratch);

/// The same of the file alone, whatever lies beside it.
SQLite::Database openAsItIs(const std::filesystem::path& file);

/// A file as SQLite takes it with OPEN_URI.
std::string asUri(const std::filesystem::path& file, const std::string& parameters);

/// A name as SQL quotes it.
std::string sqlName(const std::string& name);

/// A transaction that is taken back unless committed.
class WriteScope {
public:
    explicit WriteScope(SQLite::Database& connection) : m_connection(connection) {
        m_connection.exec("BEGIN IMMEDIATE");
    }
    ~WriteScope() {
        if (m_open) {
            // SQLite has taken it back itself after some failures; then there is nothing to do.
            m_connection.tryExec("ROLLBACK");
        }
    }
    WriteScope(const WriteScope&) = delete;
    WriteScope& operator=(const WriteScope&) = delete;
    void commit() {
        m_connection.exec("COMMIT");
        m_open = false;
    }

private:
    SQLite::Database& m_connection;
    bool m_open = true;
};

} // namespace nunatak::database
