// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <filesystem>
#include <optional>
#include <string>

namespace nunatak::database {

/// Who has a project open for writing.
struct Writer {
    std::string user;
    std::string host;
    std::string since;   ///< ISO 8601, UTC
    std::string process; ///< its number
    /// "Anna on host-3 (process 4711) since 2026-08-20 10:20 UTC", as far as it is known.
    std::string inWords() const;
};

/// Another Nunatak has it open.
class AlreadyOpen : public Error {
public:
    using Error::Error;
};

/// The right to write a project, held by one Nunatak at a time: an OS lock on NAME.gpkg.lock, which ends with
/// its holder however that ends. A file of its own, because closing any descriptor of a database drops
/// SQLite's locks on it.
class WriterLock {
public:
    /// Throws AlreadyOpen when another Nunatak (or another project object of this one) holds it, and Error
    /// when the folder cannot be written.
    explicit WriterLock(const std::filesystem::path& project);
    ~WriterLock();
    WriterLock(WriterLock&& other) noexcept;
    WriterLock& operator=(WriterLock&&) = delete;

    /// Who holds it now; none: nobody.
    static std::optional<Writer> writerOf(const std::filesystem::path& project);

private:
    std::filesystem::path m_file;
    int m_descriptor = -1;
};

} // namespace nunatak::database
