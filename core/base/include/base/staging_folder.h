// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/claim.h"

#include <filesystem>
#include <string>
#include <vector>

namespace nunatak {

/// A hidden folder beside results that are being made, on the same disk, so that what is made in it can be
/// renamed into place; gone, with all in it, when this object is. What a process left that was killed goes
/// when the next one makes such a folder in the same place: each holds a lock file that says whose it is and
/// is locked while its process lives.
class StagingFolder {
public:
    /// Throws Error when `folder` is missing or not writable.
    explicit StagingFolder(const std::filesystem::path& folder);
    ~StagingFolder();
    StagingFolder(const StagingFolder&) = delete;
    StagingFolder& operator=(const StagingFolder&) = delete;

    const std::filesystem::path& path() const { return m_path; }

    /// Puts every file and folder in it into the folder under its own name: folders first, which take the
    /// place of nothing and whose files have to be on the disk, `main` last, after those of `stale` (names
    /// beside it that belong to what it replaces) have gone. When one cannot be put in place all are as they
    /// were; when the process ends in the middle, the next staging folder made here puts the rest in place.
    /// Throws Error.
    void publish(const std::string& main, const std::vector<std::string>& stale, const Claim& claim);

    /// True for the name of such a folder.
    static bool isName(const std::string& name);
    /// Removes what processes that live no more left in a folder.
    static void removeLeftovers(const std::filesystem::path& folder);

private:
    std::filesystem::path m_folder;
    std::filesystem::path m_path;
    int m_lock = -1;
};

} // namespace nunatak
