// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "scene/open_scene.h"
#include "scene/scene_reader.h"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace nunatak::tests {

inline std::string messageOf(const std::function<void()>& work) {
    try {
        work();
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

inline bool says(const std::string& message, const std::string& part) {
    return message.find(part) != std::string::npos;
}

inline std::string allNotes(const scene::Scene& scene) {
    std::string text;
    for (const std::string& note : scene.notes) {
        text += note + "\n";
    }
    return text;
}

inline scene::Scene opened(const std::vector<std::filesystem::path>& paths,
                           const scene::OpenOptions& options = {}) {
    std::vector<std::string> texts;
    for (const auto& path : paths) {
        texts.push_back(path.string());
    }
    return scene::openScene(texts, options).scene;
}

inline Image<float> read(const scene::Scene& scene, const std::string& feature,
                         const std::vector<std::string>& bands, const geo::Grid& grid) {
    return scene::SceneReader(scene, std::make_shared<raster::ReaderPool>()).read(feature, bands, grid);
}

inline Image<float> read(const scene::Scene& scene, const std::string& feature,
                         const std::vector<std::string>& bands) {
    return read(scene, feature, bands, scene.grid);
}

inline bool close(double value, double expected, double tolerance = 1e-4) {
    return std::abs(value - expected) <= tolerance;
}

} // namespace nunatak::tests
