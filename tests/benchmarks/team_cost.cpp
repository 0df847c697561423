// SPDX-License-Identifier: GPL-3.0-or-later
// What sharing an inventory among several experts costs, and joining what they did: split, an edit of every
// tenth glacier in each part, merge. Prints seconds on the clock, with opening and closing as somebody at the
// command line waits for them.
//
//     team_cost INVENTORY.gpkg [PARTS]
#include "exchange/outline_files.h"
#include "project/inventory.h"
#include "project/join.h"
#include "project/project_split.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>

#include <QTemporaryDir>

namespace {

using namespace nunatak;

class Watch {
public:
    double seconds() {
        const auto now = std::chrono::steady_clock::now();
        const double passed = std::chrono::duration<double>(now - m_start).count();
        m_start = now;
        return passed;
    }

private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

/// An inventory of what a file holds.
std::filesystem::path inventoryOf(const std::filesystem::path& source, const std::filesystem::path& folder) {
    const auto file = folder / "alps.gpkg";
    const auto crs = geo::Crs::fromUserInput("EPSG:32632");
    const auto project = project::Project::create(file, crs);
    auto read = exchange::readOutlines(source, crs);
    project->importOutlines({"inventory", outlines::LayerKind::Inventory, "", "2020-08-20"},
                            std::move(read.outlines));
    project->close();
    return file;
}

void moveVertex(project::Project& project, const outlines::OutlineHandle& before) {
    outlines::Outline after = *before;
    after.geometry[0].outer[0].x += 0.5;
    project.commit({"Move vertex", {{"inventory", before, outlines::share(after)}}, {}, "vertex"});
}

} // namespace

int main(int count, char** arguments) try {
    if (count < 2) {
        std::puts("team_cost INVENTORY.gpkg [PARTS]");
        return 2;
    }
    const int parts = count > 2 ? std::atoi(arguments[2]) : 5;
    const QTemporaryDir folder;
    const auto file = inventoryOf(arguments[1], folder.path().toStdString());
    Watch watch;
    project::Split split;
    {
        const auto whole = project::Project::open(file, project::Access::ReadOnly);
        split = project::planSplit(*whole, "inventory",
                                   project::partsByCount(whole->outlines("inventory"), parts),
                                   file.parent_path())({});
    }
    const double splitting = watch.seconds();
    std::printf("%.1f MB, split into", static_cast<double>(std::filesystem::file_size(file)) / 1e6);
    for (const auto& part : split.parts) {
        std::printf(" %zu", part.glaciers);
    }
    std::printf(" glaciers; neighbours in different parts: %d\n", split.sharedBetween);
    for (const auto& part : split.parts) {
        const auto project = project::Project::open(part.file);
        const auto all = project->outlines("inventory").all();
        for (std::size_t i = 0; i < all.size(); i += 10) {
            moveVertex(*project, all[i]);
        }
        project->close(120);
    }
    watch.seconds();
    {
        const auto whole = project::Project::open(file);
        project::JoinRequest request;
        for (const auto& part : split.parts) {
            request.sources.push_back(project::Project::open(part.file, project::Access::ReadOnly));
        }
        auto join = project::planJoin(*whole, std::move(request))({});
        std::printf("merged: %s; faults where they meet: %zu\n", join.counts().c_str(), join.findings.size());
        whole->take(std::move(join.step));
        whole->close(120);
    }
    const double merging = watch.seconds();
    std::printf("split %.2f s, merge %.2f s, both %.2f s\n", splitting, merging, splitting + merging);
    return 0;
} catch (const std::exception& error) {
    std::puts(error.what());
    return 1;
}
