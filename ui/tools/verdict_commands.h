// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tools/tool_table.h"

// What somebody found of the selected outlines, all of them in one step.
namespace nunatak::ui::tools {

ToolEntry acceptCommand();
ToolEntry doubtfulCommand();
ToolEntry notAGlacierCommand();
/// Takes a verdict back.
ToolEntry notReviewedCommand();

} // namespace nunatak::ui::tools
