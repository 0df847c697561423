// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

struct sqlite3_file;

namespace nunatak::database {

/// The bytes of a database's file, whatever they are, by SQLite's own way to them. To open and close the file
/// by any other way would give up the locks of a session that this process has on it (see HeldFile).
class RawBytes {
public:
    /// Throws SQLite::Exception where it cannot be opened.
    explicit RawBytes(const std::filesystem::path& file);

    /// `count` bytes from `offset` on; fewer where the file ends before. Throws SQLite::Exception.
    std::string at(std::int64_t offset, std::size_t count) const;

private:
    SQLite::Database m_connection;
};

/// SQLite's own handle of a connection's file; null: it has none.
sqlite3_file* fileOf(SQLite::Database& connection);

} // namespace nunatak::database
