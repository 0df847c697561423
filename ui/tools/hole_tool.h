// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/neighbours.h"
#include "ui/tools/tool.h"
#include "ui/tools/tool_table.h"

namespace nunatak::ui::tools {

/// Rock in the ice: a nunatak drawn around becomes a hole.
ToolEntry holeTool();

/// "Fill this hole", where a place lies in a hole of the selected outline, for the menu of that place.
std::vector<Menu::Item> fillHoleItems(const Place& place, const Scene& scene,
                                      nunatak::editing::Neighbours neighbours);

} // namespace nunatak::ui::tools
