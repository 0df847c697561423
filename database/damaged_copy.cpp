// SPDX-License-Identifier: GPL-3.0-or-later
#include "damaged_copy.h"

#include "base/error.h"
#include "raw_bytes.h"
#include "stray_wal.h"

#include <fstream>
#include <string>
#include <system_error>

#include <sqlite3.h>

namespace nunatak::database {

namespace {

std::error_code copyBytes(const std::filesystem::path& from, const std::filesystem::path& to) {
    constexpr std::size_t piece = 1U << 20U;
    std::ofstream out(to, std::ios::binary | std::ios::trunc);
    try {
        const RawBytes source(from);
        std::string bytes;
        std::int64_t done = 0;
        do {
            bytes = source.at(done, piece);
            done += static_cast<std::int64_t>(bytes.size());
            out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        } while (out && bytes.size() == piece);
    } catch (const SQLite::Exception& failure) {
        return std::make_error_code(failure.getErrorCode() == SQLITE_CANTOPEN ? std::errc::permission_denied
                                                                              : std::errc::io_error);
    }
    out.close();
    return out ? std::error_code() : std::make_error_code(std::errc::no_space_on_device);
}

} // namespace

std::vector<std::string> copyDamaged(const std::filesystem::path& damaged,
                                     const std::filesystem::path& copy) {
    std::error_code trouble = copyBytes(damaged, copy);
    const std::filesystem::path wal = damaged.string() + "-wal";
    if (!trouble && std::filesystem::exists(wal) && !hasStrayWal(damaged)) {
        std::filesystem::copy_file(wal, copy.string() + "-wal", trouble);
    }
    if (trouble) {
        throw Error("The project " + damaged.string() + " cannot be copied for reading (" +
                    trouble.message() + "). Look at the rights of the file, and at the room on the disk.");
    }
    std::filesystem::permissions(copy, std::filesystem::perms::owner_write,
                                 std::filesystem::perm_options::add, trouble);
    std::fstream file(copy, std::ios::in | std::ios::out | std::ios::binary);
    constexpr std::size_t length = 100; // of SQLite's header
    // As SQLite writes it into every project: pages of 4096 bytes, no WAL, UTF-8.
    std::string header("SQLite format 3\0\x10\x00\x01\x01\x00\x40\x20\x20", 24);
    std::string found(length, '\0');
    file.read(found.data(), length);
    if (file && !found.starts_with(std::string("SQLite format 3\0", 16))) {
        header.resize(length, '\0');
        header[47] = 4; // the schema's format
        header[59] = 1; // UTF-8
        file.seekp(0);
        file.write(header.data(), length);
        return {"The file did not begin as a GeoPackage does; its first " + std::to_string(length) +
                " bytes were written anew."};
    }
    return {};
}

} // namespace nunatak::database
