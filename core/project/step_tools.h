// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the history says made a step, as far as somebody asks for it.
namespace nunatak::project::tools {

inline constexpr const char* importing = "import";
inline constexpr const char* prediction = "predict";
inline constexpr const char* inventory = "inventory"; ///< started, taken over, brought up from before
inline constexpr const char* layers = "layers";       ///< made, renamed, removed
inline constexpr const char* deletion = "delete";     ///< by hand, the id of the window's command
inline constexpr const char* revert = "revert";       ///< an outline as it was earlier, by hand
/// What others did to their copies, or parts, of it; glaciers that are merged or split have tools of their
/// own.
inline constexpr const char* merge = "merge projects";
inline constexpr const char* split = "split project"; ///< the beginning of a part that somebody works on
/// Changes that another program made to the file: told, and no more taken back than what came before them.
inline constexpr const char* others = "other program";

/// Of steps that bring a project of before up to one with inventories: with them each glacier is there once.
inline constexpr const char* keepOnce = "Keep each glacier of ";
/// All of before was kept without what undo needs of it: steps up to this one cannot be taken back.
inline constexpr const char* recovered = "recovered";

} // namespace nunatak::project::tools
