// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/run_journal.h"

#include <filesystem>

namespace nunatak::prediction {

/// Strips and journal as files of a folder, which one program at a time has.
class FileRunStorage final : public engine::RunStorage {
public:
    /// Makes the folder if it is missing. Throws Error when it cannot, or when another program is at it.
    explicit FileRunStorage(const std::filesystem::path& folder);
    ~FileRunStorage() override;
    FileRunStorage(const FileRunStorage&) = delete;
    FileRunStorage& operator=(const FileRunStorage&) = delete;

    void put(const std::string& name, const std::vector<std::string_view>& pieces) override;
    std::optional<std::string> get(const std::string& name) const override;
    std::string place() const override;

    /// Removes what an earlier run left.
    void clear();
    /// Removes the folder with all in it.
    void remove();

private:
    std::filesystem::path m_folder;
    int m_lock = -1;
};

} // namespace nunatak::prediction
