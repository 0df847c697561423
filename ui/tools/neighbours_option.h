// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/neighbours.h"
#include "ui/tools/tool_table.h"

#include <QString>

#include <map>
#include <optional>

namespace nunatak::ui::tools {

/// What an edit of a line means for the glaciers beside it; one choice for all tools that have it.
Option neighboursOption();

/// What was chosen, where it is this option.
std::optional<nunatak::editing::Neighbours> chosenNeighbours(const QString& option, int value);

/// What is chosen, or holds at first; of options by id.
nunatak::editing::Neighbours chosenNeighbours(const std::map<QString, int>& chosen);

} // namespace nunatak::ui::tools
