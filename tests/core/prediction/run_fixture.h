// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "scene_fixture.h"

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <QString>

// What several tests ask of a prediction that lies in files.
namespace nunatak::tests {

inline std::string bytesOf(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

inline std::vector<std::string> rastersOf(const prediction::ScenePrediction& prediction) {
    return {bytesOf(prediction.probability), bytesOf(prediction.confidence), bytesOf(prediction.quality),
            bytesOf(prediction.outlines)};
}

/// Part of an error's sentence, empty when nothing was thrown.
template <typename Action> QString sentenceOf(Action action) {
    try {
        action();
    } catch (const Error& error) {
        return QString::fromStdString(error.what());
    }
    return {};
}

inline int stateAt(const Image<float>& quality, int row, int column) {
    return static_cast<int>(quality.at(0, row, column));
}

/// The optical raster anew, with a gap of `rows` rows from `first` on in all columns.
inline void cutGap(SceneFiles& files, int first, int rows) {
    Image<float> optical(2, 80, 100, 0.1F);
    for (int row = first; row < first + rows; ++row) {
        std::fill_n(optical.row(0, row), 100, noData);
        std::fill_n(optical.row(1, row), 100, noData);
    }
    files.write("optical.tif", optical, {"blue", "green"});
}

} // namespace nunatak::tests
