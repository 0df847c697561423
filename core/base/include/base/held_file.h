// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>

namespace nunatak {

/// A file on which this process has locks, such as a project that is open here, for as long as this object
/// lives. The system (POSIX) gives up all of them as soon as the process closes the file once, whoever opened
/// it that once; another program then takes the -wal file away at its end, and with it what is not in the
/// file yet.
class HeldFile {
public:
    /// Nothing is held where there is no such file.
    explicit HeldFile(const std::filesystem::path& file);
    ~HeldFile();
    HeldFile(const HeldFile&) = delete;
    HeldFile& operator=(const HeldFile&) = delete;

private:
    std::uint64_t m_device = 0;
    std::uint64_t m_inode = 0;
    bool m_isHeld = false;
};

/// Whether it is such a file, by whatever name.
bool isHeldHere(const std::filesystem::path& file);

/// Before a file is opened by any way but SQLite's. Throws Error where it is such a file.
void throwIfHeldHere(const std::filesystem::path& file);

} // namespace nunatak
