// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline.h"

#include <QDir>

#include <functional>
#include <string>

namespace nunatak::tests {

/// A figure of a window that is not ready would be none: ends the program when it takes longer.
void waitFor(const std::function<bool()>& condition, int milliseconds = 5000);

/// A project of a scene (scene.json) with the outlines of a file as layer "inventory" of this kind, moved and
/// scaled so that they cover what the scene covers. One that lies in the folder already is taken as it is.
std::string makeProject(const QDir& folder, const std::string& scene, const std::string& outlines,
                        outlines::LayerKind kind);

} // namespace nunatak::tests
