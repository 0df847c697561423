// SPDX-License-Identifier: GPL-3.0-or-later
#include "connection.h"

#include "spatial_functions.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <sstream>
#include <system_error>
#include <vector>

#include <sqlite3.h>
#include <stdlib.h>

namespace nunatak::database {

namespace {

constexpr int openPatience = 300; // milliseconds; who opens a project tries again and says so

void prepare(SQLite::Database& connection) {
    sqlite3* handle = connection.getHandle();
    if (const int code = registerSpatialFunctions(handle); code != SQLITE_OK) {
        throw SQLite::Exception(handle, code);
    }
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    connection.exec("PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON");
}

std::filesystem::path besides(const std::filesystem::path& file, const char* suffix) {
    return file.string() + suffix;
}

constexpr std::array<const char*, 2> unmergedSuffixes{"-wal", "-journal"};

/// True where another program, or a session that was cut off, left what SQLite has to bring in, or take back,
/// before the file is whole.
bool hasUnmergedWork(const std::filesystem::path& file) {
    return std::any_of(unmergedSuffixes.begin(), unmergedSuffixes.end(), [&](const char* suffix) {
        std::error_code missing;
        const auto size = std::filesystem::file_size(besides(file, suffix), missing);
        return !missing && size > 0;
    });
}

/// Opening alone reads nothing; the first statement tells whether it works.
SQLite::Database openAndLook(const std::string& uri, int access) {
    SQLite::Database connection(uri, access | SQLite::OPEN_URI, openPatience);
    prepare(connection);
    connection.execAndGet("SELECT COUNT(*) FROM sqlite_master");
    return connection;
}

std::filesystem::path makeScratch() {
    std::string pattern = (std::filesystem::temp_directory_path() / "nunatak-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
        throw Error("No temporary folder can be made in " + std::filesystem::temp_directory_path().string() +
                    ". Free some space there.");
    }
    return pattern;
}

} // namespace

std::string asUri(const std::filesystem::path& file, const std::string& parameters) {
    std::string uri = "file:";
    for (const char letter : std::filesystem::absolute(file).string()) {
        if (letter == '%' || letter == '?' || letter == '#') {
            std::array<char, 4> code{};
            std::snprintf(code.data(), code.size(), "%%%02X", static_cast<unsigned>(letter));
            uri += code.data();
        } else {
            uri += letter;
        }
    }
    return uri + "?" + parameters;
}

std::vector<std::string> linesOf(const std::string& verdict) {
    std::vector<std::string> lines;
    std::istringstream text(verdict);
    for (std::string line; std::getline(text, line);) {
        if (!line.starts_with("***")) {
            lines.push_back(line);
        }
    }
    return lines.empty() ? std::vector<std::string>{verdict} : lines;
}

void throwDamaged(const std::filesystem::path& file, const std::string& what) {
    throw StoreDamaged(
        "The project " + file.string() + " is damaged (" + what +
        "). Put a copy of it from a backup in its place, or have what can be read of it written "
        "into a new one (in the window File \u203a Recover, or nunatak-cli project recover).");
}

void rethrowAsError(const SQLite::Exception& failure, const std::filesystem::path& file) {
    const std::string name = file.string();
    switch (failure.getErrorCode()) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        throw StoreBusy("Another program holds " + name +
                        ". Close it there, or let it finish what it is doing.");
    case SQLITE_FULL:
        throw StoreFull("The disk that holds " + name + " is full. Free some space there.");
    case SQLITE_IOERR:
        throw StoreFull("The disk does not take or give the data of " + name + " (" + failure.what() +
                        "). Look whether it is full or gone.");
    case SQLITE_NOTADB:
        throw Error("The file " + name + " is not a Nunatak project. Choose a .gpkg file that Nunatak made.");
    case SQLITE_CORRUPT:
        throwDamaged(file, failure.what());
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
        throw Error("The project " + name + " cannot be opened or written (" + failure.what() +
                    "). Look at the rights of the file and its folder.");
    default:
        throw Error("The project " + name + " cannot be used: " + failure.what() +
                    ". Another program may have changed its tables; put a backup in its place.");
    }
}

SQLite::Database openForWriting(const std::filesystem::path& file, bool make) {
    SQLite::Database connection(file.string(), SQLite::OPEN_READWRITE | (make ? SQLite::OPEN_CREATE : 0),
                                openPatience);
    prepare(connection);
    // SQLite's R-tree does not call itself innocuous (3.40), so the standard's triggers could not write it in
    // a connection that trusts no schema. What is left to trust are those triggers: every function of ours is
    // innocuous, extensions cannot be loaded, and the connection is defensive.
    connection.exec("PRAGMA trusted_schema=ON");
    return connection;
}

SQLite::Database openAsItIs(const std::filesystem::path& file) {
    return openAndLook(asUri(file, "mode=ro&immutable=1"), SQLite::OPEN_READONLY);
}

SQLite::Database openForReading(const std::filesystem::path& file, std::filesystem::path& scratch) {
    try {
        return openAndLook(asUri(file, "mode=ro"), SQLite::OPEN_READONLY);
    } catch (const SQLite::Exception& failure) {
        // In a folder where nothing can be written, or on a full disk, a file in WAL mode cannot be opened in
        // place.
        const int code = failure.getErrorCode();
        if (code != SQLITE_CANTOPEN && code != SQLITE_READONLY && code != SQLITE_FULL &&
            code != SQLITE_IOERR) {
            throw;
        }
    }
    if (!hasUnmergedWork(file)) {
        return openAsItIs(file);
    }
    scratch = makeScratch();
    const std::filesystem::path copy = scratch / file.filename();
    std::error_code trouble;
    std::filesystem::copy_file(file, copy, trouble);
    std::vector<std::filesystem::path> parts{copy};
    for (const char* suffix : unmergedSuffixes) {
        std::error_code missing;
        if (!trouble && std::filesystem::exists(besides(file, suffix), missing)) {
            std::filesystem::copy_file(besides(file, suffix), besides(copy, suffix), trouble);
            parts.push_back(besides(copy, suffix));
        }
    }
    if (trouble) {
        throw Error("The project " + file.string() + " was not closed and cannot be copied to " +
                    scratch.string() + " for reading (" + trouble.message() +
                    "). Copy it with its -wal or -journal file to a folder that can be written.");
    }
    for (const auto& part : parts) {
        std::filesystem::permissions(part, std::filesystem::perms::owner_write,
                                     std::filesystem::perm_options::add, trouble);
    }
    return openAndLook(asUri(copy, "mode=rw"), SQLite::OPEN_READWRITE);
}

std::string sqlName(const std::string& name) {
    std::string text = "\"";
    for (const char letter : name) {
        text += letter;
        if (letter == '"') {
            text += letter;
        }
    }
    return text + "\"";
}

} // namespace nunatak::database
