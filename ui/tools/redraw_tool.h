// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tools/tool_table.h"

namespace nunatak::ui::tools {

/// The line of a glacier as it is drawn, from boundary to boundary.
ToolEntry redrawTool();

} // namespace nunatak::ui::tools
