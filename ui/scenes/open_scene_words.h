// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "scene/scene.h"

#include <QPixmap>
#include <QString>

#include <string>
#include <utility>
#include <vector>

// What the dialog Open scene says and shows of a raster.
namespace nunatak::ui::scenes {

/// Features and the words for them; "" is one that is not used.
std::vector<std::pair<QString, QString>> featureWords();
QString featureWord(const QString& feature);
/// How its numbers are read: "× 2e-05 − 0.1", "brightness temperature", …
QString readAs(const scene::SceneRaster& raster);
/// "red, green, blue".
QString joinedNames(const std::vector<std::string>& names);
/// The bands of a raster side by side in grey, each from its own darkest to its brightest.
QPixmap bandStrip(const Image<float>& preview);

} // namespace nunatak::ui::scenes
