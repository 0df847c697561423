// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/area_pixels.h"

namespace nunatak::training {

/// Nothing is learnt, in an area that is not complete, from what the network, as it is, calls ice beside the
/// outlines: other glaciers may lie there that nobody looked at. What an expert changed or found to be no
/// glacier teaches, and so does what lies in a region that was reviewed whole. Returns how many pixels were
/// left out. They still count when it is measured: what one model saw there must not be forgiven it and held
/// against the next. Throws Error; Cancelled.
std::size_t leaveOutOwnIce(models::Network& network, const models::Manifest& manifest, AreaPixels& area,
                           const Progress& progress);

} // namespace nunatak::training
