// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tools/tool_table.h"

namespace nunatak::ui::tools {

/// The selected glaciers made one.
ToolEntry mergeCommand();

/// What stays of the selected glaciers.
enum class Joining {
    One,  ///< one, of lines that they share
    Parts ///< one, also where they share none: its parts
};
/// Asks first whose attributes stay, where they do not agree.
Proposal joinedProposal(const Scene& scene, Joining joining);

} // namespace nunatak::ui::tools
