// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/side_kind.h"
#include "ui/tools/scene.h"

#include <QString>

// What tools know of the side layer that is edited.
namespace nunatak::ui::tools {

/// Null where what is edited is no side layer, or one whose kind is not known.
const outlines::SideKind* sideKindEdited(const Scene& scene);
/// What is known of something new in the layer that is edited.
outlines::Outline likeEdited(const Scene& scene);
/// "Snow lines", in the language of now.
QString titleOf(const outlines::SideKind& kind);
/// Why no ground is drawn in a layer of lines or points.
QString whyNoGround(const outlines::SideKind& kind);

} // namespace nunatak::ui::tools
