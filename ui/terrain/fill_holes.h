// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"

namespace nunatak::ui::terrain {

/// Replaces NaN by the mean of the neighbours that are known, hole by hole from its rim inwards; all zero
/// when nothing is known.
void fillHoles(Image<float>& heights);

} // namespace nunatak::ui::terrain
