// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/crs.h"
#include "outlines/outline_set.h"
#include "ranking/condition_map.h"

#include <optional>
#include <string>
#include <vector>

namespace nunatak::ranking {

/// How well a glacier, or all of them, can be mapped from a scene: shares from 0 to 1, none where unknown.
struct Conditions {
    std::optional<double> covered; ///< of the glacier: where the scene has data
    std::optional<double> cloud;   ///< of what is covered: flagged as cloud by the product
    /// Of the covered ground within 1 km that is no glacier and, as far as is known, not in the shadow of
    /// terrain, where snow is too dark to be seen: under snow.
    std::optional<double> snow;
    std::optional<double> shadow; ///< of what is covered: in the shadow of terrain

    /// covered × (1 − cloud) × (1 − snow) × (1 − shadow), what is unknown left out; none where nothing is
    /// known.
    std::optional<double> score() const;
    /// Something is unknown, so the score may be too good.
    bool scoreIsUpperBound() const;
};

struct GlacierConditions {
    std::string uuid;
    std::string name; ///< else its RGI identifier
    double area = 0;  ///< m² on the scene's grid
    Conditions conditions;
};

/// The earlier outlines: where the glaciers of a region were.
struct EarlierOutlines {
    geo::Crs crs;
    std::vector<outlines::OutlineHandle> glaciers;
};

/// Width of the ring around a glacier in which seasonal snow is looked for, metres.
inline constexpr double ringMetres = 1000;

struct MeasuredGlaciers {
    Conditions together;                     ///< of all glaciers as one; rings that overlap count once
    std::vector<GlacierConditions> glaciers; ///< those that were given, in their order
};

/// Counts pixels of the map in each outline and in its ring: the pixels up to 1 km from it, by their middles
/// and its outermost ones' edges, that lie in no outline at all, also of `beside`, and in no shadow of
/// terrain. Throws Cancelled; Error.
MeasuredGlaciers measure(const ConditionMap& map, const EarlierOutlines& outlines,
                         const Progress& progress = {},
                         const std::vector<outlines::OutlineHandle>& beside = {});

/// The same of each of some glaciers, without what they are together, where `all` the outlines of the region
/// are known: looks only at the map around each.
std::vector<GlacierConditions> measureSome(const ConditionMap& map, const EarlierOutlines& some,
                                           const outlines::OutlineSet& all, const Progress& progress = {});

/// Of the whole scene, as if it were one glacier without a ring.
Conditions measureAll(const ConditionMap& map);

} // namespace nunatak::ranking
