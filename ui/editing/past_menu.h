// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/neighbours.h"
#include "outlines/outline_ref.h"
#include "project/outline_past.h"
#include "ui/tools/tool.h"

namespace nunatak::ui::editing {

/// A menu of what an outline was: while a moment is highlighted, what would come of it is drawn. Where its
/// attributes were others, too, they can be put back with its line. No items where it never was anything
/// else.
tools::Menu pastMenu(const project::OutlinePast& past, const outlines::OutlineRef& outline,
                     nunatak::editing::Neighbours neighbours);

} // namespace nunatak::ui::editing
