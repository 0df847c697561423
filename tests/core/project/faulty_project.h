// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inventory_fixture.h"
#include "project/join.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <string>
#include <vector>

namespace nunatak::tests {

/// Everything that a project says of itself, by value.
struct ProjectState {
    Contents contents;
    std::vector<std::string> titles;
    std::vector<std::string> steps;
    std::vector<std::string> scenes;
    std::string setting;
    bool operator==(const ProjectState&) const = default;
};

inline constexpr const char* someSetting = "view";

inline ProjectState stateOf(const project::Project& project) {
    ProjectState state{contentsOf(project), {}, {}, {}, project.setting(someSetting).value_or("")};
    for (const auto& layer : project.layers()) {
        state.titles.push_back(outlines::titleOf(layer));
    }
    for (const auto& step : project.history()) {
        state.steps.push_back(step.description);
    }
    for (const auto& scene : project.scenes()) {
        state.scenes.push_back(scene.id);
    }
    return state;
}

/// What SQLite itself finds wrong with a file; "ok" when nothing.
inline std::string integrityOf(const std::filesystem::path& file) {
    return SQLite::Database(file.string(), SQLite::OPEN_READWRITE)
        .execAndGet("PRAGMA integrity_check(1)")
        .getString();
}

inline outlines::Outline changedTo(const outlines::OutlineHandle& outline, double x, double y) {
    outlines::Outline after = *outline;
    after.geometry = squareShape(x, y);
    return after;
}

/// A project with an inventory of 2020, a prediction, an expert's layer of 2000, two scenes, steps that can
/// be taken back and one that can be done again.
inline void makeProjectToEdit(const std::filesystem::path& file) {
    const auto project = project::Project::create(file, utm32());
    project->addScene(sceneOf("s2020", "2020-08-20"));
    project->importOutlines(predictedLayer, {square("a", 0, 0), square("b", 500, 0), square("p", 900, 0)});
    project->importOutlines(expertLayer(), {square("e", 0, 0), square("f", 2000, 0)});
    project->importOutlines({"inventory", outlines::LayerKind::Inventory, "", "2020-08-20"},
                            {square("a", 0, 0), square("b", 500, 0), square("c", 1500, 0)});
    move(*project, "inventory", "c", squareShape(1510, 0), "Move c");
    move(*project, "inventory", "c", squareShape(1520, 0), "Move c again");
    project->undo();
    project->close();
}

/// Where what another person did to a copy of that project is, for the kind "a merge"; made by
/// makeCopyToMerge.
inline std::filesystem::path copyToMerge;

/// Another line of a, another attribute of c, a glacier that is new, and a scene.
inline void makeCopyToMerge(const std::filesystem::path& project, const std::filesystem::path& copy) {
    std::filesystem::copy_file(project, copy);
    const auto other = project::Project::open(copy);
    move(*other, "inventory", "a", squareShape(9, 9), "Move a there");
    edit(
        *other, "inventory", "c",
        [](outlines::Outline& outline) { outline.attributes["surge_type"] = std::int64_t{2}; },
        "Set surge_type");
    other->commit({"Draw there", {{"inventory", nullptr, handle(square("there", 7000, 0))}}, {}, "test"});
    other->addScene(sceneOf("s2010", "2010-08-01"));
    other->close();
    copyToMerge = copy;
}

/// One kind of what is done to a project, as one or several steps.
struct KindOfEdit {
    const char* name;
    void (*make)(project::Project& project);
    bool isOneStep = true;
};

inline const std::vector<KindOfEdit> kindsOfEdits{
    {"a line",
     [](project::Project& project) { move(project, "inventory", "a", squareShape(5, 5), "Move a"); }},
    {"two outlines",
     [](project::Project& project) {
         const auto& set = project.outlines("inventory");
         project.commit({"Move a and b",
                         {{"inventory", set.find("a"), handle(changedTo(set.find("a"), 7, 7))},
                          {"inventory", set.find("b"), handle(changedTo(set.find("b"), 507, 7))}},
                         {},
                         "test"});
     }},
    {"a new outline",
     [](project::Project& project) {
         project.commit({"Draw", {{"inventory", nullptr, handle(square("new", 5000, 0))}}, {}, "test"});
     }},
    {"a removal",
     [](project::Project& project) {
         project.commit(
             {"Delete b", {{"inventory", project.outlines("inventory").find("b"), nullptr}}, {}, "delete"});
     }},
    {"a review",
     [](project::Project& project) { mark(project, "inventory", "a", outlines::Review::Accepted); }},
    {"attributes",
     [](project::Project& project) {
         edit(
             project, "inventory", "a",
             [](outlines::Outline& outline) { outline.attributes["surge_type"] = std::int64_t{3}; },
             "Set surge_type of a");
     }},
    {"undo", [](project::Project& project) { project.undo(); }},
    {"redo", [](project::Project& project) { project.redo(); }},
    {"a new layer", [](project::Project& project) { project.addLayer(expertLayer("more")); }},
    {"a new title", [](project::Project& project) { project.renameLayer("expert", "Swiss 2000"); }},
    {"a removed layer", [](project::Project& project) { project.removeLayer("expert"); }},
    {"an import",
     [](project::Project& project) {
         std::vector<outlines::Outline> many;
         for (int i = 0; i < 40; ++i) {
             many.push_back(square("i" + std::to_string(i), 200.0 * i, 3000));
         }
         project.importOutlines(expertLayer("more"), many);
     }},
    {"an inventory",
     [](project::Project& project) { project.take(project::planInventory(project, {.from = "expert"})()); }},
    {"taking over",
     [](project::Project& project) {
         project.take(project::planTakeOver(project, "predicted", "inventory")().step);
     }},
    {"a merge",
     [](project::Project& project) {
         auto join = project::planJoin(
             project, {{project::Project::open(copyToMerge, project::Access::ReadOnly)}})({});
         project.take(std::move(join.step));
     }},
    {"a scene", [](project::Project& project) { project.addScene(sceneOf("s2000", "2000-08-01")); }},
    {"a setting", [](project::Project& project) { project.setSetting(someSetting, "from above"); }},
    {"five edits",
     [](project::Project& project) {
         for (int i = 1; i <= 5; ++i) {
             move(project, "inventory", "a", squareShape(3 * i, i), "Move " + std::to_string(i));
         }
     },
     false},
};

} // namespace nunatak::tests
