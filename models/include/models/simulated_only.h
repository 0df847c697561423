// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/manifest.h"

#include <string_view>

namespace nunatak::models {

/// The sentence by which a model's provenance says that it has learnt from simulated scenes alone.
inline constexpr std::string_view simulatedOnlySentence = "It has never seen a real satellite picture.";

inline bool isSimulatedOnly(const Manifest& manifest) {
    return manifest.provenance.find(simulatedOnlySentence) != std::string::npos;
}

} // namespace nunatak::models
