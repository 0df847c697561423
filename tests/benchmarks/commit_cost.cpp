// SPDX-License-Identifier: GPL-3.0-or-later
// What committing an edit of one outline costs the thread that does it, by the number of glaciers and by the
// length of the history. Prints microseconds: the edit, and taking it back. The same 50 glaciers are edited
// in turn, whatever there are besides: of 400 different ones each would come from memory, not from the
// processor's cache, which says nothing about the program.
#include "project/project.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include <QTemporaryDir>

namespace {

using namespace nunatak;

outlines::Outline glacier(int number) {
    outlines::Outline outline;
    outline.uuid = "glacier " + std::to_string(number);
    geo::Ring ring;
    for (int i = 0; i < 200; ++i) {
        const double angle = i * 2 * 3.14159265358979 / 200;
        ring.push_back({(number % 100) * 1000 + 400 * std::cos(angle),
                        static_cast<double>(number / 100) * 1000 + 400 * std::sin(angle)});
    }
    outline.geometry = {{ring, {}}};
    return outline;
}

/// The median, in microseconds: the saving thread, and others, take the processor meanwhile.
template <typename Do> double microseconds(int times, const Do& work) {
    std::vector<double> each;
    for (int i = 0; i < times; ++i) {
        const auto start = std::chrono::steady_clock::now();
        work(i);
        each.push_back(
            std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count());
    }
    std::nth_element(each.begin(), each.begin() + times / 2, each.end());
    return each[static_cast<std::size_t>(times / 2)];
}

} // namespace

int main() {
    constexpr int edits = 400;
    constexpr int edited = 50;
    std::puts("glaciers  steps before    edit    undo");
    for (int round = 0; round < 3; ++round) {
        for (const int count : {50, 500, 5000}) {
            const QTemporaryDir folder;
            const auto project = project::Project::create(folder.filePath("alps.gpkg").toStdString(),
                                                          geo::Crs::fromUserInput("EPSG:32632"));
            std::vector<outlines::Outline> glaciers;
            for (int i = 0; i < count; ++i) {
                glaciers.push_back(glacier(i));
            }
            project->importOutlines({"inventory", outlines::LayerKind::Inventory, "", "2020-08-20"},
                                    glaciers);
            const auto move = [&](int i) {
                const auto before =
                    project->outlines("inventory").find("glacier " + std::to_string(i % edited));
                outlines::Outline after = *before;
                after.geometry[0].outer[0].x += 1;
                project->commit(
                    {"Move vertex", {{"inventory", before, outlines::share(after)}}, {}, "vertex"});
            };
            for (const std::size_t steps : {10U, 2000U}) {
                while (project->history().size() < steps) {
                    move(static_cast<int>(project->history().size()));
                }
                project->flush(120);
                const auto before = project->history().size();
                const double edit = microseconds(edits, move);
                project->flush(120);
                const double undo = microseconds(edits / 2, [&](int) { project->undo(); });
                std::printf("%8d %13zu %7.1f %7.1f\n", count, before, edit, undo);
            }
        }
    }
    return 0;
}
