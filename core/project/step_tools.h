// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the history says made a step, where it was no tool of the window.
namespace nunatak::project::tools {

inline constexpr const char* importing = "import";
inline constexpr const char* prediction = "predict";
inline constexpr const char* inventory = "inventory"; ///< started, taken over, brought up from before
inline constexpr const char* layers = "layers";       ///< made, renamed, removed

} // namespace nunatak::project::tools
