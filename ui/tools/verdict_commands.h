// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tools/tool_table.h"

#include <optional>
#include <string>
#include <vector>

// What somebody found of the selected outlines, all of them in one step.
namespace nunatak::ui::tools {

/// The same with a note; none: the one that is there stays.
Proposal verdictOn(const Scene& scene, outlines::Review review, const std::optional<std::string>& note);
/// A note without a verdict; empty: none any more. It is of these outlines, whatever is selected by now.
Proposal noteOn(const Scene& scene, const std::vector<outlines::OutlineRef>& outlines,
                const std::string& note);

ToolEntry acceptCommand();
ToolEntry doubtfulCommand();
ToolEntry notAGlacierCommand();
/// Takes a verdict back.
ToolEntry notReviewedCommand();

} // namespace nunatak::ui::tools
