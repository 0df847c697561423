// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inventory_fixture.h"
#include "project/join.h"
#include "project/project_split.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace nunatak::tests {

/// Projects that several people work on, each file in a folder of its own.
class TeamFolder {
public:
    std::filesystem::path newFile() { return m_folder.newFile(); }

    /// Squares of 100 m side by side along x, in rows of ten.
    static std::vector<outlines::Outline> glaciers(int count) {
        std::vector<outlines::Outline> made;
        for (int i = 0; i < count; ++i) {
            made.push_back(square("g" + std::to_string(i), 100 * (i % 10), 100 * (i / 10)));
        }
        return made;
    }

    /// An inventory of glaciers of 2000, with one edit of g0.
    std::filesystem::path inventoryOf(int count) {
        const auto file = newFile();
        const auto project = project::Project::create(file, utm32());
        project->addScene(sceneNamed("s2000", "2000", "2000-08-01"));
        project->importOutlines(expertLayer(), glaciers(count));
        project->take(project::planInventory(*project, {.from = "expert"})());
        project->setAnalyst("Before");
        move(*project, "inventory", "g0", squareShape(0, 0, 99), "Move vertex of g0");
        return file;
    }

    /// A copy of a closed project, for another person.
    std::filesystem::path copyOf(const std::filesystem::path& file) {
        auto copy = newFile();
        std::filesystem::copy_file(file, copy);
        return copy;
    }

private:
    ProjectFolder m_folder;
};

inline std::vector<std::filesystem::path> splitByCount(const std::filesystem::path& file, int parts) {
    const auto project = project::Project::open(file, project::Access::ReadOnly);
    const auto wanted = project::partsByCount(project->outlines("inventory"), parts);
    std::vector<std::filesystem::path> files;
    for (const auto& part : project::planSplit(*project, "inventory", wanted, file.parent_path())({}).parts) {
        files.push_back(part.file);
    }
    return files;
}

inline project::Join joinOf(const project::Project& into, const std::vector<std::filesystem::path>& files,
                            project::Prefer prefer = project::Prefer::Nobody,
                            const std::map<std::string, project::Choice>& decisions = {}) {
    project::JoinRequest request{{}, prefer, decisions};
    for (const auto& file : files) {
        request.sources.push_back(project::Project::open(file, project::Access::ReadOnly));
    }
    return project::planJoin(into, std::move(request))({});
}

/// Joined and taken.
inline project::Join merge(project::Project& into, const std::vector<std::filesystem::path>& files,
                           project::Prefer prefer = project::Prefer::Nobody) {
    auto join = joinOf(into, files, prefer);
    into.take(join.step);
    into.flush();
    return join;
}

inline outlines::OutlineHandle glacier(const project::Project& project, const std::string& uuid) {
    return project.outlines("inventory").find(uuid);
}

} // namespace nunatak::tests
