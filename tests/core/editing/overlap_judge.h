// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "edited_shapes.h"
#include "random_edits.h"
#include "shapes.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace nunatak::tests {

/// What outlines have in common before and after an edit, by GEOS.
class OverlapJudge {
public:
    OverlapJudge(Layers& layers, const std::string& layer) : m_layers(layers), m_layer(layer) {}

    using Areas = std::map<std::pair<std::string, std::string>, double>;

    /// What outlines that change have in common with others. Of what is not valid nobody can say.
    Areas overlapsOf(const editing::Edit& edit, bool isBefore) {
        Areas areas;
        std::map<std::string, bool> valid;
        const auto isValid = [&](const outlines::OutlineHandle& outline) {
            const auto [found, isNew] = valid.try_emplace(outline->uuid, false);
            if (isNew) {
                found->second = geo::invalidReason(outline->geometry).empty();
            }
            return found->second;
        };
        for (const auto& change : edit.changes) {
            const outlines::OutlineHandle& outline = isBefore ? change.before : change.after;
            if (!outline) {
                continue;
            }
            for (const auto& other : set().in(outline->extent())) {
                if (other->uuid == outline->uuid) {
                    continue;
                }
                auto pair = std::pair(outline->uuid, other->uuid);
                if (pair.second < pair.first) {
                    std::swap(pair.first, pair.second);
                }
                if (!isValid(outline) || !isValid(other)) {
                    areas[pair] = -1;
                } else if (!areas.contains(pair)) {
                    areas[pair] = geo::planarArea(geo::intersection(outline->geometry, other->geometry));
                }
            }
        }
        return areas;
    }

    /// Nothing is not valid, and nothing overlaps.
    static bool isSound(const Areas& overlaps) {
        return std::all_of(overlaps.begin(), overlaps.end(),
                           [](const auto& each) { return each.second >= 0 && each.second <= noArea; });
    }

    static std::string overlapsNow(const Operation& operation, const Areas& before, const Areas& now) {
        const bool overlapped = std::any_of(before.begin(), before.end(), [](const auto& each) {
            return each.second < 0 || each.second > noArea;
        });
        for (const auto& [pair, area] : now) {
            const auto found = before.find(pair);
            const double then = found != before.end() ? found->second : 0;
            // Lines that are brought together may meet others that overlap already.
            // A piece, and what is merged, overlaps what the whole did.
            const bool isOther = operation.kind == Operation::Ground && overlapped;
            const bool mayGrow = then < 0 || isOther || (operation.kind >= Operation::Snap && then > noArea);
            // A point within rounding of a kilometre of line is put on it.
            const double rounding = then > noArea ? 10 * noArea : noArea;
            if (area > then + rounding && !mayGrow) {
                return pair.first + " and " + pair.second + " overlap by " + std::to_string(area) + ", not " +
                       std::to_string(then);
            }
        }
        return {};
    }

    /// By how much what outlines that change have in common with each other is another.
    static double movedWithin(const editing::Edit& edit, const Areas& before, const Areas& now) {
        const std::set<std::string> changed = changedBy(edit);
        const auto areaIn = [](const Areas& areas, const auto& pair) {
            const auto found = areas.find(pair);
            return found != areas.end() ? std::max(found->second, 0.0) : 0;
        };
        double sum = 0;
        for (const auto& [pair, area] : before) {
            if (changed.contains(pair.first) && changed.contains(pair.second)) {
                sum += std::abs(std::max(area, 0.0) - areaIn(now, pair));
            }
        }
        return sum > noArea ? sum : 0;
    }

    /// What is made of outlines has in common with each that stays what these had together, and no more.
    static std::string overlapsOfMade(const editing::Edit& edit, const Areas& before, const Areas& now) {
        const std::set<std::string> changed = changedBy(edit);
        std::map<std::string, double> gained; // by those that stay
        for (const auto& [areas, sign] : {std::pair(&now, 1), std::pair(&before, -1)}) {
            for (const auto& [pair, area] : *areas) {
                if (area < 0) {
                    return {}; // nobody can say
                }
                if (changed.contains(pair.first) != changed.contains(pair.second)) {
                    gained[changed.contains(pair.first) ? pair.second : pair.first] += sign * area;
                }
            }
        }
        for (const auto& [uuid, area] : gained) {
            if (area > 10 * noArea) {
                return "together they overlap " + uuid + " by " + std::to_string(area) + " more";
            }
        }
        return {};
    }

private:
    static std::set<std::string> changedBy(const editing::Edit& edit) {
        std::set<std::string> changed;
        for (const auto& change : edit.changes) {
            changed.insert((change.after ? change.after : change.before)->uuid);
        }
        return changed;
    }
    const outlines::OutlineSet& set() { return m_layers.all[m_layer]; }

    Layers& m_layers;
    const std::string& m_layer;
};

} // namespace nunatak::tests
