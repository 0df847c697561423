// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace nunatak::tasks {

/// Of the trainings of a user one runs at a time: two would halve each other's pace and could exhaust the
/// memory together. Held while it lives; the system lets go of it when the program dies.
class TrainingLock {
public:
    /// @param what is taught, for whoever is refused meanwhile, such as "Everest, after 37 glaciers"
    /// Throws Error where another training runs, in this program or another.
    TrainingLock(const std::filesystem::path& userModels, const std::string& what);
    ~TrainingLock();
    TrainingLock(const TrainingLock&) = delete;
    TrainingLock& operator=(const TrainingLock&) = delete;

private:
    int m_file = -1;
};

} // namespace nunatak::tasks
