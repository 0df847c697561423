// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/staging_folder.h"
#include "base/whole_file.h"
#include "connection.h"
#include "database/store.h"
#include "schema.h"
#include "store_impl.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

namespace nunatak::database {

namespace {

/// Gives a project its name, never in the place of another file.
void publish(const std::filesystem::path& made, const std::filesystem::path& target) {
    if (::renameat2(AT_FDCWD, made.c_str(), AT_FDCWD, target.c_str(), RENAME_NOREPLACE) == 0) {
        return;
    }
    if (errno == EINVAL || errno == ENOSYS) { // file systems that cannot; a hard link is as good
        if (::link(made.c_str(), target.c_str()) == 0) {
            return;
        }
    }
    throw Error("The project " + target.string() + " cannot be made (" + std::strerror(errno) +
                "). Choose another name or folder.");
}

void throwUnlessFree(const std::filesystem::path& file) {
    std::error_code trouble;
    if (std::filesystem::exists(std::filesystem::symlink_status(file, trouble))) {
        throw Error("The file " + file.string() +
                    " exists already. Choose another name, or remove it first.");
    }
    const std::filesystem::path folder = std::filesystem::absolute(file).parent_path();
    if (!std::filesystem::is_directory(folder, trouble)) {
        throw Error("The folder " + folder.string() + " does not exist. Make it first, or choose another.");
    }
    if (::access(folder.c_str(), W_OK | X_OK) != 0) {
        throw Error("The folder " + folder.string() + " cannot be written (" + std::strerror(errno) +
                    "). Choose another folder.");
    }
}

} // namespace

void Store::create(const std::filesystem::path& file, const SpatialReference& crs,
                   const std::vector<Transaction>& first) {
    throwUnlessFree(file);
    const auto target = std::filesystem::absolute(file);
    const StagingFolder staging(target.parent_path());
    const auto made = staging.path() / "project.gpkg";
    wrapped(file, [&] {
        SQLite::Database connection = openForWriting(made, true);
        connection.exec("PRAGMA journal_mode=MEMORY");
        WriteScope scope(connection);
        makeTables(connection, crs);
        scope.commit();
    });
    {
        Store store(made, Mode::ReadWrite);
        store.m_impl->file = file; // what messages shall say
        wrapped(file, [&] {
            store.m_impl->enterWal();
            WriteScope scope(store.m_impl->connection);
            for (const Transaction& transaction : first) {
                store.m_impl->writeAll(transaction);
            }
            scope.commit();
        });
        store.close();
    }
    std::error_code missing;
    if (std::filesystem::file_size(made.string() + "-wal", missing) > 0 && !missing) {
        throw StoreFull("The disk that holds " + file.string() + " is full. Free some space there.");
    }
    publish(made, target);
    syncFolder(target.parent_path());
}

std::filesystem::path Store::backUp(const std::string& label) {
    const auto& place = m_impl->place;
    const StagingFolder staging(place.parent_path());
    const auto made = staging.path() / "project.gpkg";
    copyInto(made);
    for (int number = 1;; ++number) {
        const std::string suffix = number == 1 ? "" : "-" + std::to_string(number);
        const auto target =
            place.parent_path() / (place.stem().string() + "." + label + suffix + place.extension().string());
        std::error_code trouble;
        if (!std::filesystem::exists(std::filesystem::symlink_status(target, trouble))) {
            publish(made, target);
            syncFolder(target.parent_path());
            return target;
        }
    }
}

} // namespace nunatak::database
