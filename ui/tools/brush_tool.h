// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tools/tool_table.h"

namespace nunatak::ui::tools {

/// Ice painted onto a glacier, and off it.
ToolEntry brushTool();

} // namespace nunatak::ui::tools
