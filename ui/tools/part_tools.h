// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tools/tool_table.h"

#include <vector>

// Parts of glaciers that change hands.
namespace nunatak::ui::tools {

/// Gives a part to another glacier, or makes a glacier of it; of a reference it is copied.
ToolEntry partTool();
/// Each part of the selected glacier a glacier of its own; of several selected ones the parts of one.
ToolEntry partsCommand();

/// What can be done with the part of a glacier that is at a place, where it has several.
std::vector<Menu::Item> partItems(const outlines::OutlineRef& ref, const Place& place, const Scene& scene);

} // namespace nunatak::ui::tools
