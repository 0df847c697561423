// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline.h"
#include "outlines/side_kind.h"

#include <optional>

// Side layers of a project: made, and what is in them.
namespace nunatak::project {

class Project;

/// The attribute with the height of a point that was found in an elevation model; of one that is moved by
/// hand nobody knows it.
inline constexpr const char* heightAttribute = "elev_m";

/// The layer of a kind: the one there is, or how a new one will be.
outlines::LayerInfo sideLayerOf(const Project& project, const outlines::SideKind& kind);

/// An outline of a side layer that says what it is (line_type), and in which glacier of its date's inventory
/// it lies or at whose line it is: that with the most of it. Where there is none it says so of none.
outlines::Outline describedIn(const Project& project, const outlines::LayerInfo& layer,
                              outlines::Outline outline);

} // namespace nunatak::project
