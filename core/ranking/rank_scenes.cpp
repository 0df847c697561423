// SPDX-License-Identifier: GPL-3.0-or-later
#include "ranking/rank_scenes.h"

#include "base/error.h"
#include "ranking/rough_extent.h"

#include <algorithm>
#include <array>

namespace nunatak::ranking {

namespace {

constexpr std::array<const char*, 9> columnNames{"score", "covered", "cloud", "snow", "shadow",
                                                 "sun",   "day",     "date",  "name"};

/// What a column sorts by, smaller first; none when it is unknown.
std::optional<double> keyOf(const RankedScene& scene, Column column) {
    const auto largest = [](std::optional<double> value) {
        return value ? std::optional(-*value) : std::nullopt;
    };
    const Conditions& conditions = scene.conditions();
    switch (column) {
    case Column::Score:
        return largest(conditions.score());
    case Column::Covered:
        return largest(conditions.covered);
    case Column::Cloud:
        return conditions.cloud;
    case Column::Snow:
        return conditions.snow;
    case Column::Shadow:
        return conditions.shadow;
    case Column::Sun:
        return scene.sun ? std::optional(-scene.sun->elevation) : std::nullopt;
    case Column::Day:
        return scene.dayOfYear ? std::optional<double>(*scene.dayOfYear) : std::nullopt;
    default:
        return std::nullopt;
    }
}

} // namespace

RankedScene rankScene(const scene::Scene& scene, const ConditionMap& map, const EarlierOutlines& outlines,
                      const Progress& progress) {
    RankedScene result;
    result.id = scene.id;
    result.name = scene.name;
    result.date = scene.date;
    result.sensor = scene.sensor;
    result.dayOfYear = dayOfYear(scene.date);
    result.sun = sunOf(scene);
    result.pixelMetres = map.grid.pixelSize * map.grid.crs.metresPerUnit();
    result.scene = measureAll(map);
    result.hasGlaciers = !outlines.glaciers.empty();
    if (result.hasGlaciers) {
        result.glaciers = measure(map, outlines, progress);
    }
    for (const auto& reason : {map.cloudUnknown, map.snowUnknown, map.shadowUnknown}) {
        if (!reason.empty()) {
            result.notes.push_back(reason);
        }
    }
    if (result.sun && result.sun->isComputed) {
        result.notes.emplace_back("The sun is computed from day, time and place.");
    }
    return result;
}

EarlierOutlines within(const EarlierOutlines& outlines, const std::vector<scene::Scene>& scenes) {
    EarlierOutlines result{outlines.crs, {}};
    std::vector<geo::CoordinateTransform> transforms;
    for (const auto& scene : scenes) {
        transforms.emplace_back(outlines.crs, scene.grid.crs);
    }
    for (const auto& outline : outlines.glaciers) {
        for (std::size_t i = 0; i < scenes.size(); ++i) {
            if (roughExtent(outline->extent(), transforms[i]).intersects(scenes[i].grid.extent())) {
                result.glaciers.push_back(outline);
                break;
            }
        }
    }
    return result;
}

std::string toString(Column column) {
    return columnNames.at(static_cast<std::size_t>(column));
}

Column columnFromString(const std::string& name) {
    std::string all;
    for (std::size_t i = 0; i < columnNames.size(); ++i) {
        if (name == columnNames.at(i)) {
            return static_cast<Column>(i);
        }
        all += (all.empty() ? "" : ", ") + std::string(columnNames.at(i));
    }
    throw Error("Scenes cannot be sorted by \"" + name + "\"; choose one of " + all + ".");
}

void sort(std::vector<RankedScene>& scenes, Column column) {
    std::stable_sort(scenes.begin(), scenes.end(), [column](const RankedScene& a, const RankedScene& b) {
        if (column == Column::Name) {
            return a.name < b.name;
        }
        if (column == Column::Date) {
            return a.date > b.date; // no date is the empty text
        }
        const auto first = keyOf(a, column);
        const auto second = keyOf(b, column);
        return first && (!second || *first < *second);
    });
}

} // namespace nunatak::ranking
