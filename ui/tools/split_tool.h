// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tools/tool_table.h"

namespace nunatak::ui::tools {

/// A glacier parted along a line: an ice divide.
ToolEntry splitTool();

} // namespace nunatak::ui::tools
