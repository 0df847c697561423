// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ranking/conditions.h"

#include <functional>
#include <string>
#include <vector>

namespace nunatak::ranking {

/// A scene among others that might be mapped from.
struct RankedScene {
    std::string id;
    std::string name;
    std::string date;
    std::string sensor;
    std::optional<int> dayOfYear;
    std::optional<Sun> sun;
    double pixelMetres = 0;         ///< of the pixels that were counted
    Conditions scene;               ///< of all of the picture; its snow is unknown, as there is no ring
    MeasuredGlaciers glaciers;      ///< empty without outlines
    bool hasGlaciers = false;       ///< outlines were given
    std::vector<std::string> notes; ///< why something is unknown

    /// What the scene is ranked by: its glaciers together, else all of the picture.
    const Conditions& conditions() const { return hasGlaciers ? glaciers.together : scene; }
};

/// Measures one scene of which the conditions are known. Outlines that lie nowhere near it count as not
/// covered. Throws Error, Cancelled.
RankedScene rankScene(const scene::Scene& scene, const ConditionMap& map, const EarlierOutlines& outlines,
                      const Progress& progress = {});

/// Leaves out the outlines that no scene of the list reaches: an inventory of a continent is fine.
EarlierOutlines within(const EarlierOutlines& outlines, const std::vector<scene::Scene>& scenes);

/// What scenes can be sorted by.
enum class Column { Score, Covered, Cloud, Snow, Shadow, Sun, Day, Date, Name };
/// Names as a user types them: "score", "covered", "cloud", "snow", "shadow", "sun", "day", "date", "name".
std::string toString(Column column);
/// Throws Error that names those there are.
Column columnFromString(const std::string& name);

/// Puts the best first: the largest score, cover and sun, the least cloud, snow and shadow; the latest date,
/// the earliest day of the year and name. What is unknown comes last, equals stay in their order.
void sort(std::vector<RankedScene>& scenes, Column column);

} // namespace nunatak::ranking
