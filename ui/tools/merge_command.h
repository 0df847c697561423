// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tools/tool_table.h"

namespace nunatak::ui::tools {

/// The selected glaciers made one.
ToolEntry mergeCommand();

} // namespace nunatak::ui::tools
