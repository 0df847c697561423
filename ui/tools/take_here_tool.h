// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/neighbours.h"
#include "ui/tools/tool.h"
#include "ui/tools/tool_table.h"

#include <vector>

namespace nunatak::ui::tools {

/// Within a line that is drawn, or for the selected glaciers, the inventory becomes as a reference has it; or
/// all of the glaciers but what lies within the line does.
ToolEntry takeHereTool();

/// "Take all of it · Prediction 2020" of the references that are shown, for the selected glaciers; those in
/// which something of them is other.
std::vector<Menu::Item> takeWholeItems(const Scene& scene, nunatak::editing::Neighbours neighbours);

/// "Take this hole · Prediction 2020", of a hole of a reference's outline whose line meets none of `into`;
/// nothing where that is no ice.
std::vector<Menu::Item> takeHoleItems(const outlines::OutlineRef& into, const outlines::OutlineRef& from,
                                      const geo::VertexId& hole, const Scene& scene,
                                      nunatak::editing::Neighbours neighbours);

} // namespace nunatak::ui::tools
