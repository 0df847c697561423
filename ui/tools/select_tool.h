// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tools/tool_table.h"

namespace nunatak::ui::tools {

/// Where every hand comes home: clicks select, the selected line is taken hold of, the rest is the camera's.
ToolEntry selectTool();

} // namespace nunatak::ui::tools
