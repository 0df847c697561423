// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/finding.h"
#include "review/confidence_bands.h"

#include <optional>
#include <vector>

namespace nunatak::review {

/// What is known of a glacier that may make somebody look at it; what is none was not measured, or nothing
/// can be said of it.
struct Evidence {
    double area = 0;                    ///< m² on the ground
    std::optional<ConfidenceBand> band; ///< how unsure the model is
    std::optional<double> difference;   ///< from the expert's outlines, 0 to 1: see Agreement
    bool isUnknownToExpert = false;     ///< the expert has no ice there
    std::optional<double> change;       ///< of its area since an earlier date: −0.2 is a fifth less
    bool isNew = false;                 ///< there was no ice at the earlier date
    std::optional<double> shadow;       ///< share of it in cast shadow, 0 to 1
    std::optional<double> cloud;        ///< flagged as cloud
    std::optional<double> snow;         ///< of the ground around it that is under snow
    std::vector<editing::Fault> faults; ///< what a check of the layer found
    bool operator==(const Evidence&) const = default;
};

} // namespace nunatak::review
