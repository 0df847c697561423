// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tools/tool_table.h"

namespace nunatak::ui::tools {

/// Its id in the table.
inline constexpr auto scribbleId = "scribble";

/// A few strokes of ice and not ice, from which the model corrects itself in the view. Of scenes that are a
/// FeatureSource.
ToolEntry scribbleTool();

} // namespace nunatak::ui::tools
