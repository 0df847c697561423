// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace nunatak::database {

/// The right to write a project, held by one Nunatak at a time: an OS lock on NAME.gpkg.lock, which ends with
/// its holder however that ends. A file of its own, because closing any descriptor of a database drops
/// SQLite's locks on it.
class WriterLock {
public:
    /// Throws Error when another Nunatak (or another project object of this one) holds it, or the folder
    /// cannot be written.
    explicit WriterLock(const std::filesystem::path& project);
    ~WriterLock();
    WriterLock(WriterLock&& other) noexcept;
    WriterLock& operator=(WriterLock&&) = delete;

private:
    std::filesystem::path m_file;
    int m_descriptor = -1;
};

} // namespace nunatak::database
