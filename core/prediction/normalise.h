// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "models/manifest.h"

#include <string>
#include <vector>

namespace nunatak::prediction {

/// Scales each band as the model's manifest says. Optical NaN becomes reflectance 0 before scaling, as
/// published; a gap in any other feature becomes 0 after scaling.
void normalise(Image<float>& values, const std::string& feature,
               const std::vector<models::BandScaling>& scaling);

} // namespace nunatak::prediction
