// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/opened_project.h"

#include "cli/terminal.h"

#include <fmt/format.h>

namespace nunatak::cli {

void sayWaiting(const std::string& problem) {
    tell(fmt::format("Waiting for a while: {}\n", problem));
}

std::unique_ptr<project::Project> openProject(const std::filesystem::path& file, project::Access access) {
    auto opened = project::Project::open(file, access, sayWaiting);
    for (const auto& note : opened->notes()) {
        tell(fmt::format("Note: {}\n", note));
    }
    return opened;
}

void save(const project::Project& project) {
    constexpr double patience = 30; // seconds
    project.flush(patience, sayWaiting);
    if (const auto told = project.savingProblem(); !told.empty()) { // saved, and something besides
        tell(fmt::format("Note: {}\n", told));
    }
}

} // namespace nunatak::cli
