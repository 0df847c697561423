// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/edit.h"
#include "outlines/outline.h"

#include <span>

// What outlines keep that are parted, joined or tidied, since nobody looked at them in a picture.
namespace nunatak::editing {

/// The edit as one in which no margin was drawn: each outline keeps the date that it has.
Edit keepingDates(Edit edit);

/// What is left of the reviews of outlines that become others: nobody has judged these, and what was noted
/// stays, each note once; of several people's each says whose it is. Time: of the latest.
outlines::ReviewRecord notesOf(std::span<const outlines::OutlineHandle> outlines);

} // namespace nunatak::editing
