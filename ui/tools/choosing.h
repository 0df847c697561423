// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tools/place.h"
#include "ui/tools/scene.h"
#include "ui/tools/selection.h"

// What clicks select, in whichever tool.
namespace nunatak::ui::tools {

/// The selection with one more outline, or without it where it has it.
Selection toggled(Selection selection, const outlines::OutlineRef& ref);

/// What a click selects in a tool that works on whole outlines: what is there, with Shift one more or one
/// less; beside all of them nothing changes.
Selection chosenBy(const Place& place, const Scene& scene);

} // namespace nunatak::ui::tools
