// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline.h"

#include <string>

namespace nunatak::outlines {

/// What people call a glacier: its name, else its RGI or GLIMS id as its file had it; empty where it has
/// none.
std::string nameOf(const Outline& outline);
/// The same within a sentence, where one without is told by the beginning of its UUID: "glacier 3f2a9c1b".
std::string nameInSentence(const Outline& outline);

} // namespace nunatak::outlines
