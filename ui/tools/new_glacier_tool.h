// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tools/tool_table.h"

namespace nunatak::ui::tools {

/// A glacier that nobody has drawn yet: a ring, or a line closed along the edges of others.
ToolEntry newGlacierTool();

} // namespace nunatak::ui::tools
