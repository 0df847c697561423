// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/scene_prints.h"

#include "database/store.h"
#include "scene/stored_scene.h"

namespace nunatak::project {

std::function<scene::FilePrints()> planPrints(const Project& project, const std::string& scene) {
    if (!project.isReadOnly()) {
        project.flush();
    }
    return [file = project.file(), scene] {
        for (const database::SceneRow& row :
             database::Store(file, database::Store::Mode::ReadOnly).contents().scenes) {
            if (row.id == scene) {
                return scene::printsIn(row.json);
            }
        }
        return scene::FilePrints();
    };
}

} // namespace nunatak::project
