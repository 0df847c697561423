// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <array>
#include <cstdint>
#include <filesystem>
#include <vector>

namespace nunatak::database {

/// Notices that the file under a connection got other bytes by another way than SQLite's (`cp` over an open
/// project): SQLite does not, in WAL mode, and would mix pages of both.
///
/// In WAL mode nobody writes the file itself but a checkpoint, and each checkpoint leaves its trace in the
/// WAL's index (https://sqlite.org/walformat.html): a file that changed without one was overwritten.
class FileWatch {
public:
    FileWatch(SQLite::Database& connection, const std::filesystem::path& file);

    /// True when the file was overwritten since the last look; from then on always. That the name leads to
    /// another file is not looked for here. To be asked before and
    /// after each transaction, with `inWal` as it is at that time.
    bool isOverwritten(bool inWal);

private:
    struct Look {
        std::uint64_t device = 0; ///< this and the next: which file the name leads to
        std::uint64_t inode = 0;
        std::int64_t size = 0;
        std::int64_t seconds = 0;
        std::int64_t nanoseconds = 0;
        bool operator==(const Look&) const = default;
    };
    /// Of the WAL: salts, frames that are in the file, frames that a checkpoint set out to bring there.
    using Checkpoint = std::array<std::uint32_t, 4>;

    Look look() const;
    Checkpoint checkpoint();
    /// The first page of the file, which holds its change counter and the size of the database.
    std::vector<unsigned char> firstPage();

    SQLite::Database& m_connection;
    std::filesystem::path m_file;
    bool m_isOverwritten = false;
    bool m_wasInWal = false;
    Look m_look;
    Checkpoint m_checkpoint{};
    std::vector<unsigned char> m_firstPage;
};

} // namespace nunatak::database
