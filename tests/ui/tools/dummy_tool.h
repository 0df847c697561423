// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tools/tool_table.h"

namespace nunatak::tests {

/// What a new tool costs: this file, dummy_tool.cpp and a line in a table. It moves the selected outline's
/// first vertex to where it is clicked.
ui::tools::ToolEntry dummyTool();

} // namespace nunatak::tests
