// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tools/tool_table.h"

namespace nunatak::ui::tools {

/// Says of the selected outlines that they are no glaciers.
ToolEntry notAGlacierCommand();

} // namespace nunatak::ui::tools
