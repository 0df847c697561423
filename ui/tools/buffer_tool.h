// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tools/tool_table.h"

namespace nunatak::ui::tools {

/// A glacier wider or narrower by a distance.
ToolEntry bufferTool();

} // namespace nunatak::ui::tools
