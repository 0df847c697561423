// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tools/tool_table.h"

namespace nunatak::ui::tools {

/// Draws lines into the side layer that is edited (snow lines, terminus lines), and lengthens the selected
/// one from its ends.
ToolEntry drawLineTool();
/// Places points in it (highest, lowest).
ToolEntry placePointTool();

} // namespace nunatak::ui::tools
