// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTemporaryDir>

#include <filesystem>
#include <string>

namespace nunatak::tests {

/// A new, empty folder in each call; all of them go when the test ends.
class NewFolders {
public:
    std::filesystem::path all() const { return m_folder.path().toStdString(); }
    std::filesystem::path next() {
        const std::filesystem::path folder = all() / std::to_string(++m_count);
        std::filesystem::create_directory(folder);
        return folder;
    }

private:
    QTemporaryDir m_folder;
    int m_count = 0;
};

} // namespace nunatak::tests
