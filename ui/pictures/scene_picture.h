// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"
#include "ui/viewport/viewport.h"

#include <optional>

namespace nunatak::ui::pictures {

/// Puts a project's scene and outlines into a viewport as they were left, at once, for a picture without a
/// window. Throws Error when the scene cannot be read.
void showProject(viewport::Viewport& viewport, const project::Project& project,
                 std::optional<viewport::Viewport::View> camera);

} // namespace nunatak::ui::pictures
