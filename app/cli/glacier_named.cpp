// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/glacier_named.h"

#include "base/error.h"
#include "outlines/is_called.h"
#include "project/layer_choice.h"

#include <vector>

namespace nunatak::cli {

outlines::OutlineRef glacierNamed(const project::Project& project, const std::string& glacier,
                                  const std::string& layer) {
    std::vector<std::string> layers;
    if (!layer.empty()) {
        layers.push_back(project::layerNamed(project, layer));
    } else {
        for (const auto& known : project.layers()) {
            if (!outlines::isReference(known.kind)) {
                layers.push_back(known.name);
            }
        }
    }
    std::vector<outlines::OutlineRef> found;
    for (const auto& name : layers) {
        for (const auto& outline : project.outlines(name).all()) {
            if (outlines::isCalled(*outline, glacier)) {
                found.push_back({name, outline->uuid});
            }
        }
    }
    if (found.empty()) {
        throw Error("No glacier is called \"" + glacier +
                    "\" in what is edited. Give its UUID, name, RGI or GLIMS id, and --layer where it is in "
                    "another layer.");
    }
    if (found.size() > 1) {
        std::string list;
        for (const auto& ref : found) {
            list += (list.empty() ? "" : ", ") + ref.uuid + " in " + ref.layer;
        }
        throw Error("Several glaciers are called \"" + glacier + "\": " + list +
                    ". Say which by its UUID, or with --layer.");
    }
    return found.front();
}

} // namespace nunatak::cli
