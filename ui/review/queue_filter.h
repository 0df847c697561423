// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"
#include "review/filters.h"

#include <optional>
#include <string>

namespace nunatak::ui::review {

/// Which glaciers the panel lists.
struct QueueFilter {
    enum class Show { NeedsAnEye, NotReviewed, Outdated, Doubtful, Mine, All };
    Show show = Show::NeedsAnEye;
    std::optional<double> least; ///< km² on the ground
    std::optional<double> most;
    std::string attribute;                   ///< empty: whatever they say
    std::string value;                       ///< what it has to say
    std::optional<geo::MultiPolygon> region; ///< project CRS; none: everywhere

    /// All that needs an eye, and nothing besides.
    bool isUsual() const { return *this == QueueFilter(); }
    /// Nothing is as small as asked and as large.
    bool isReversed() const { return least && most && *least > *most; }
    bool operator==(const QueueFilter&) const = default;
};

/// `reviewer` is whose Mine are.
nunatak::review::Filter filterOf(const QueueFilter& wanted, const std::string& reviewer);

} // namespace nunatak::ui::review
