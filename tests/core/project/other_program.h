// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include <QtGlobal>

#include <sqlite3.h>

namespace nunatak::tests {

/// Runs SQL on a file as another program would; what it selects comes back as text, of each row the first
/// column.
inline std::string sql(const std::filesystem::path& file, const std::string& text) {
    sqlite3* connection = nullptr;
    std::string answer;
    sqlite3_open(file.c_str(), &connection);
    // The triggers of a spatial index ask for these.
    for (const char* name : {"ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"}) {
        sqlite3_create_function(
            connection, name, 1, SQLITE_UTF8, nullptr,
            [](sqlite3_context* context, int, sqlite3_value**) { sqlite3_result_int(context, 0); }, nullptr,
            nullptr);
    }
    char* problem = nullptr;
    const auto take = [](void* to, int, char** values, char**) {
        *static_cast<std::string*>(to) += values[0] == nullptr ? "NULL" : values[0];
        return 0;
    };
    if (sqlite3_exec(connection, text.c_str(), take, &answer, &problem) != SQLITE_OK) {
        qFatal("%s: %s", text.c_str(), problem);
    }
    sqlite3_close(connection);
    return answer;
}

} // namespace nunatak::tests
