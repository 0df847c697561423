// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "project/project.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <functional>
#include <string>

#include <QTemporaryDir>
#include <QtTest>

/// So that a failed comparison shows the texts.
namespace QTest {
template <> inline char* toString(const std::string& text) {
    return qstrdup(text.c_str());
}
} // namespace QTest

namespace nunatak::tests {

/// A new place for a project in each call.
class ProjectFolder {
public:
    std::filesystem::path newFile() {
        const std::filesystem::path folder =
            std::filesystem::path(m_folder.path().toStdString()) / std::to_string(++m_count);
        std::filesystem::create_directory(folder);
        return folder / "alps.gpkg";
    }

private:
    QTemporaryDir m_folder;
    int m_count = 0;
};

inline geo::Crs utm32() {
    return geo::Crs::fromUserInput("EPSG:32632");
}

inline geo::MultiPolygon squareShape(double x, double y, double side = 100) {
    return {{{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}}, {}}};
}

inline outlines::Outline square(const std::string& uuid, double x, double y, double side = 100) {
    outlines::Outline outline;
    outline.uuid = uuid;
    outline.name = "Glacier " + uuid;
    outline.geometry = squareShape(x, y, side);
    return outline;
}

inline outlines::OutlineHandle handle(outlines::Outline outline) {
    return outlines::share(std::move(outline));
}

inline outlines::LayerInfo expertLayer(const std::string& name = "expert") {
    return {name, outlines::LayerKind::Expert, "", "2000-08-01"};
}

inline outlines::LayerInfo inventoryLayer(const std::string& name = "inventory") {
    return {name, outlines::LayerKind::Inventory, "", "2000-08-01"};
}

/// A project with these outlines of an expert in it.
inline std::filesystem::path projectOf(ProjectFolder& folder,
                                       const std::vector<outlines::Outline>& outlines) {
    const auto file = folder.newFile();
    const auto project = project::Project::create(file, utm32());
    project->importOutlines(expertLayer(), outlines);
    return file;
}

inline scene::Scene sceneNamed(const std::string& id, const std::string& name, const std::string& date) {
    scene::Scene scene;
    scene.id = id;
    scene.name = name;
    scene.date = date;
    scene.grid = {utm32(), 500000, 5100000, 30, 100, 100};
    return scene;
}

/// An edit by hand of one outline.
inline project::Committed edit(project::Project& project, const std::string& layer, const std::string& uuid,
                               const std::function<void(outlines::Outline&)>& change,
                               const std::string& description, const std::string& picture = {}) {
    const auto before = project.outlines(layer).find(uuid);
    outlines::Outline after = *before;
    change(after);
    return project.commit({description, {{layer, before, handle(after)}}, {}, "test"}, {picture});
}

inline project::Committed move(project::Project& project, const std::string& layer, const std::string& uuid,
                               const geo::MultiPolygon& shape, const std::string& description = "Move",
                               const std::string& picture = {}) {
    return edit(
        project, layer, uuid, [&](outlines::Outline& outline) { outline.geometry = shape; }, description,
        picture);
}

inline project::Committed mark(project::Project& project, const std::string& layer, const std::string& uuid,
                               outlines::Review review, const std::string& description = "Review") {
    return edit(
        project, layer, uuid, [&](outlines::Outline& outline) { outline.review = review; }, description);
}

/// Every outline of every layer, by value, in the order of their UUIDs: what two states of a project have in
/// common. (An outline that undo brings back stands last in its layer.)
using Contents = std::vector<std::pair<std::string, std::vector<outlines::Outline>>>;
inline Contents contentsOf(const project::Project& project) {
    Contents contents;
    for (const auto& layer : project.layers()) {
        std::vector<outlines::Outline> outlines;
        for (const auto& outline : project.outlines(layer.name).all()) {
            outlines.push_back(*outline);
        }
        std::sort(outlines.begin(), outlines.end(),
                  [](const auto& a, const auto& b) { return a.uuid < b.uuid; });
        contents.emplace_back(layer.name, std::move(outlines));
    }
    return contents;
}

inline std::string messageOf(const std::function<void()>& work) {
    try {
        work();
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

inline bool has(const std::string& text, const std::string& part) {
    const bool found = text.find(part) != std::string::npos;
    if (!found) {
        qWarning("\"%s\" does not say \"%s\"", text.c_str(), part.c_str());
    }
    return found;
}

} // namespace nunatak::tests
