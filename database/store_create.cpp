// SPDX-License-Identifier: GPL-3.0-or-later
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

/// A file under a name of its own until it is whole.
class Draft {
public:
    explicit Draft(std::filesystem::path target)
        : m_target(std::move(target)),
          m_file(m_target.parent_path() /
                 ("." + m_target.filename().string() + "." + std::to_string(::getpid()) + ".new")) {
        std::error_code ignored; // what a process of the same number left after a crash
        std::filesystem::remove(m_file, ignored);
    }
    ~Draft() {
        std::error_code ignored;
        std::filesystem::remove(m_file, ignored);
        for (const char* suffix : {"-journal", "-wal", "-shm"}) {
            std::filesystem::remove(m_file.string() + suffix, ignored);
        }
    }
    Draft(const Draft&) = delete;
    Draft& operator=(const Draft&) = delete;

    const std::filesystem::path& file() const { return m_file; }

    /// Gives it its name, never in the place of another file.
    void publish() {
        if (::renameat2(AT_FDCWD, m_file.c_str(), AT_FDCWD, m_target.c_str(), RENAME_NOREPLACE) == 0) {
            return;
        }
        if (errno == EINVAL || errno == ENOSYS) { // file systems that cannot; a hard link is as good
            if (::link(m_file.c_str(), m_target.c_str()) == 0) {
                return;
            }
        }
        throw Error("The project " + m_target.string() + " cannot be made (" + std::strerror(errno) +
                    "). Choose another " + "name or folder.");
    }

private:
    std::filesystem::path m_target;
    std::filesystem::path m_file;
};

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

void Store::create(const std::filesystem::path& file, const SpatialReference& crs, const Transaction& first) {
    throwUnlessFree(file);
    Draft draft(std::filesystem::absolute(file));
    wrapped(file, [&] {
        SQLite::Database connection = openForWriting(draft.file(), true);
        connection.exec("PRAGMA journal_mode=MEMORY");
        WriteScope scope(connection);
        makeTables(connection, crs);
        scope.commit();
    });
    {
        Store store(draft.file(), Mode::ReadWrite);
        store.m_impl->file = file; // what messages shall say
        store.commit(first);
        store.close();
    }
    draft.publish();
}

} // namespace nunatak::database
