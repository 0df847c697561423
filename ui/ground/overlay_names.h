// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "overlays/overlay.h"

#include <QString>

namespace nunatak::ui::ground {

/// An overlay's name as people read it: "Confidence (starter v1)".
QString overlayText(const overlays::Overlay& overlay);
/// The file or address an overlay that the user added was read from, by its id; empty: another.
QString overlayFile(const QString& id);
/// The heading it stands under.
QString overlayGroup(overlays::Origin origin);
/// Colours that suit what its numbers are.
std::string overlayColors(const overlays::Overlay& overlay, const overlays::Range& range);

} // namespace nunatak::ui::ground
