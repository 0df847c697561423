// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "project/project_impl.h"
#include "scene/stored_scene.h"

#include <algorithm>
#include <utility>

// Scenes are no part of the history, but for those that came with a step: these go and come with it.
namespace nunatak::project {

database::SceneRow sceneRow(const scene::Scene& scene, const std::filesystem::path& project,
                            std::int64_t step) {
    if (scene.id.empty()) {
        throw Error("The scene " + scene.name + " has no id and cannot be kept in a project.");
    }
    return {scene.id, scene::toStoredJson(scene, project.parent_path()), step};
}

bool Project::Impl::showScenes() {
    bool isOther = false;
    for (const BroughtScene& brought : broughtScenes) {
        const auto known = std::find_if(scenes.begin(), scenes.end(),
                                        [&](const auto& scene) { return scene.id == brought.scene.id; });
        const bool isThere = known != scenes.end();
        if (isThere == log.isInEffect(brought.step)) {
            continue;
        }
        isOther = true;
        if (isThere) {
            scenes.erase(known);
        } else {
            scenes.push_back(brought.scene);
        }
    }
    return isOther;
}

void Project::Impl::throwIfSceneIsTaken(const scene::Scene& scene) const {
    const scene::Scene* known = findScene(scene.id);
    if (known == nullptr &&
        std::find(unreadScenes.begin(), unreadScenes.end(), scene.id) == unreadScenes.end()) {
        return;
    }
    throw Error("The project has a scene of the same id already: \"" +
                (known == nullptr ? "one that cannot be read" : known->name) + "\"" +
                (known == nullptr || known->date.empty() ? "" : " of " + known->date) +
                ". Where this is another one, such as a copied scene.json, remove its \"id\"; to put it in "
                "the place of that one, say so (project add --replace).");
}

void Project::Impl::bring(const scene::Scene& scene, std::int64_t step) {
    std::erase_if(broughtScenes, [&](const auto& known) { return known.scene.id == scene.id; });
    if (step != 0) {
        broughtScenes.push_back({scene, step});
    }
    scenes.push_back(scene);
}

void Project::addScene(const scene::Scene& scene) {
    m_impl->throwUnlessWritable();
    const scene::Scene* known = m_impl->findScene(scene.id);
    if (known != nullptr && scene::toJson(*known) == scene::toJson(scene)) {
        return; // the same scene again, nothing else of that id
    }
    m_impl->throwIfSceneIsTaken(scene);
    database::Transaction transaction;
    transaction.scenes = {sceneRow(scene, m_impl->file)};
    m_impl->bring(scene, 0);
    m_impl->save(std::move(transaction));
    m_impl->tell({Event::Kind::ScenesChanged, {}, {}, {}});
}

void Project::replaceScene(const scene::Scene& scene) {
    m_impl->throwUnlessWritable();
    const auto isIt = [&](const scene::Scene& other) { return other.id == scene.id; };
    const auto known = std::find_if(m_impl->scenes.begin(), m_impl->scenes.end(), isIt);
    if (known == m_impl->scenes.end()) {
        throw Error("The project has no scene with the id of \"" + scene.name + "\". Add it instead.");
    }
    const auto brought = std::find_if(m_impl->broughtScenes.begin(), m_impl->broughtScenes.end(),
                                      [&](const auto& other) { return isIt(other.scene); });
    const bool isBrought = brought != m_impl->broughtScenes.end();
    database::Transaction transaction;
    transaction.scenes = {sceneRow(scene, m_impl->file, isBrought ? brought->step : 0)};
    *known = scene;
    if (isBrought) {
        brought->scene = scene;
    }
    m_impl->save(std::move(transaction));
    m_impl->tell({Event::Kind::ScenesChanged, {}, {}, {}});
}

} // namespace nunatak::project
