// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline.h"

#include <string>

namespace nunatak::outlines {

/// What an outline is called where its name stands by itself, as nameInSentence() has it within one: "Glacier
/// 3f2a9c1b" for one without name and ids.
std::string listedName(const Outline& outline);

} // namespace nunatak::outlines
