// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tools/tool_table.h"

namespace nunatak::ui::tools {

/// Fewer vertices, within a tolerance.
ToolEntry simplifyTool();
/// Smoother lines, over a tolerance.
ToolEntry smoothTool();

} // namespace nunatak::ui::tools
