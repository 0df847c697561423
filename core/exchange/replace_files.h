// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

namespace nunatak::exchange {

/// A private folder beside a file that is to be made, on the same disk, so that what is made in it can be
/// renamed into place. Gone, with all in it, when this object is.
class StagingFolder {
public:
    /// Throws Error when the folder of `file` is missing or not writable.
    explicit StagingFolder(const std::filesystem::path& file);
    ~StagingFolder();
    StagingFolder(const StagingFolder&) = delete;
    StagingFolder& operator=(const StagingFolder&) = delete;

    const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

/// Moves every file of `staging` beside `target` in place of those listed in `replaced`; when a move fails
/// all are put back as they were. Throws Error.
void moveIntoPlace(const StagingFolder& staging, const std::filesystem::path& target,
                   const std::vector<std::filesystem::path>& replaced);

} // namespace nunatak::exchange
