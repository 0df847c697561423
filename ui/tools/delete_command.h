// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tools/tool_table.h"

namespace nunatak::ui::tools {

/// Selected vertices gone, else selected outlines, without a verdict.
ToolEntry deleteCommand();

} // namespace nunatak::ui::tools
