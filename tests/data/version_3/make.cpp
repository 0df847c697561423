// SPDX-License-Identifier: GPL-3.0-or-later
// Made the projects of this folder, with the program as it was before there were inventories (version 3 of a
// project's tables, commit ddc2d04): corrections lay in copies that were made at the first edit. It is kept
// to say what is in them; the program of now has none of these functions.
#include "project/project.h"

#include <filesystem>
#include <string>

using namespace nunatak;
using outlines::LayerKind;
using outlines::Review;
using project::Project;

namespace {

geo::MultiPolygon squareShape(double x, double y, double side = 100) {
    return {{{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}}, {}}};
}

outlines::Outline square(const std::string& uuid, double x, double y) {
    outlines::Outline outline;
    outline.uuid = uuid;
    outline.name = "Glacier " + uuid;
    outline.geometry = squareShape(x, y);
    return outline;
}

scene::Scene sceneOf(const std::string& date) {
    scene::Scene scene;
    scene.id = "scene-" + date.substr(0, 4);
    scene.name = "Scene " + date.substr(0, 4);
    scene.date = date;
    scene.grid = {geo::Crs::fromUserInput("EPSG:32632"), 0, 3000, 30, 100, 100};
    return scene;
}

std::unique_ptr<Project> newProject(const std::filesystem::path& file) {
    auto project = Project::create(file, geo::Crs::fromUserInput("EPSG:32632"));
    project->addScene(sceneOf("2020-08-20"));
    project->importOutlines({"predicted", LayerKind::Predicted, "scene-2020", "2020-08-20"},
                            {square("a", 0, 0), square("b", 500, 0), square("c", 1000, 0)});
    return project;
}

} // namespace

int main(int, char** arguments) {
    const std::filesystem::path folder = arguments[1];
    {
        const auto plain = newProject(folder / "plain.gpkg");
        plain->editGeometry("predicted", "a", squareShape(5, 5), "Move vertex of Glacier a");
        plain->reviewOutline("predicted", "b", Review::Accepted, "Accept Glacier b");
    }
    {
        // Glacier a is corrected as predicted and, later, as expert's "e"; the last move of a was undone.
        const auto twice = newProject(folder / "twice.gpkg");
        twice->importOutlines({"expert", LayerKind::Expert, "", "2003-09-01"}, {square("e", 10, 0)});
        twice->editGeometry("predicted", "a", squareShape(5, 5), "Move vertex of Glacier a");
        twice->editGeometry("expert", "e", squareShape(12, 3), "Move vertex of Glacier e");
        twice->editGeometry("predicted", "c", squareShape(1005, 5), "Move vertex of Glacier c");
        twice->editGeometry("predicted", "a", squareShape(7, 7), "Move vertex of Glacier a again");
        twice->undo();
    }
    {
        const auto dates = newProject(folder / "two_dates.gpkg");
        dates->addScene(sceneOf("2000-08-01"));
        dates->importOutlines({"predicted_2", LayerKind::Predicted, "scene-2000", "2000-08-01"},
                              {square("f", 0, 0)});
        dates->editGeometry("predicted", "a", squareShape(5, 5), "Move vertex of Glacier a");
        dates->editGeometry("predicted_2", "f", squareShape(6, 6), "Move vertex of Glacier f");
    }
    {
        const auto undone = newProject(folder / "undone.gpkg");
        undone->editGeometry("predicted", "a", squareShape(5, 5), "Move vertex of Glacier a");
        undone->editGeometry("corrected", "a", squareShape(6, 6), "Move another vertex of Glacier a");
        undone->reviewOutline("corrected", "a", Review::Accepted, "Accept Glacier a");
        undone->undo();
        undone->undo();
    }
}
