// SPDX-License-Identifier: GPL-3.0-or-later
#include "raw_bytes.h"

#include "connection.h"

#include <algorithm>

#include <sqlite3.h>

namespace nunatak::database {

sqlite3_file* fileOf(SQLite::Database& connection) {
    sqlite3_file* file = nullptr;
    const int code = sqlite3_file_control(connection.getHandle(), "main", SQLITE_FCNTL_FILE_POINTER, &file);
    return code == SQLITE_OK && file != nullptr && file->pMethods != nullptr ? file : nullptr;
}

RawBytes::RawBytes(const std::filesystem::path& file)
    : m_connection(asUri(file, "mode=ro&immutable=1"), SQLite::OPEN_READONLY | SQLite::OPEN_URI) {}

std::string RawBytes::at(std::int64_t offset, std::size_t count) const {
    // SQLite's calls take a connection that may change; reading changes nothing.
    sqlite3_file* file = fileOf(const_cast<SQLite::Database&>(m_connection));
    sqlite3_int64 size = 0;
    if (file == nullptr || file->pMethods->xFileSize(file, &size) != SQLITE_OK) {
        throw SQLite::Exception("disk I/O error", SQLITE_IOERR);
    }
    const auto left = std::max<sqlite3_int64>(0, size - offset);
    std::string bytes(std::min(count, static_cast<std::size_t>(left)), '\0');
    if (!bytes.empty() &&
        file->pMethods->xRead(file, bytes.data(), static_cast<int>(bytes.size()), offset) != SQLITE_OK) {
        throw SQLite::Exception("disk I/O error", SQLITE_IOERR);
    }
    return bytes;
}

} // namespace nunatak::database
