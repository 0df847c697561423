// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline_ref.h"
#include "ui/tools/place.h"
#include "ui/tools/scene.h"

#include <optional>

// Whose line a line that is drawn is about.
namespace nunatak::ui::tools {

/// The one selected outline, where it is still there.
std::optional<outlines::OutlineRef> selectedOutline(const Scene& scene);

/// Whose line begins here: the selected glacier's, or that of another one whose line is here or in which the
/// place lies, far from the line of the selected one. None: what the line meets.
std::optional<outlines::OutlineRef> outlineBegunAt(const Place& place, const Scene& scene);

/// The place lies in the selected outline, or within so many pixels of its line that a line from there may be
/// about it.
bool isNearSelected(const Place& place, const Scene& scene);

/// The one in which a place lies: the selected one before others, those that can be edited before references.
std::optional<outlines::OutlineRef> outlineAround(const Place& place, const Scene& scene);

/// Of the glaciers that the line meets the selected one, else the first; those that can be edited before
/// references.
std::optional<outlines::OutlineRef> outlineMetBy(const geo::Ring& line, const Scene& scene);

} // namespace nunatak::ui::tools
