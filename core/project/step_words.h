// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/history_step.h"
#include "scene/scene.h"

#include <string>
#include <vector>

// What a step of a history says of itself, as people read it: the same in the window and on the command line.
namespace nunatak::project {

/// Whether the step's time is when it was done. What another program did is only known from when it was
/// noticed, at opening or by a merge: it was done at any time before. A step of id 0 is not known at all.
bool isMomentKnown(const HistoryStep& step);

/// "2026-11-30T10:12:33Z"; "before 2026-11-30T10:12:33Z" where that is all that is known; empty: nothing is.
std::string momentInWords(const HistoryStep& step);

/// What made a step (HistoryStep::tool): "not a glacier" of "notAGlacier"; what has no words here as it is.
std::string toolInWords(const std::string& tool);

/// The picture that was looked at: "Khumbu 2020, 2020-08-20" of its scene's id; the id where the project has
/// no such scene.
std::string pictureInWords(const std::string& id, const std::vector<scene::Scene>& scenes);

} // namespace nunatak::project
