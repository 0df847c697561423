// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/draft.h"
#include "outlines/outline_set.h"
#include "outlines/side_kind.h"

#include <cmath>
#include <cstdint>
#include <map>
#include <string>

namespace nunatak::tests {

/// A rough circle with bays, `count` vertices.
inline geo::Ring wavyRing(int count, double radius, geo::Point middle = {500000, 5000000}) {
    geo::Ring ring;
    for (int i = 0; i < count; ++i) {
        const double angle = 2 * 3.14159265358979 * i / count;
        const double distance = radius * (1 + 0.2 * std::sin(9 * angle));
        ring.push_back({middle.x + distance * std::cos(angle), middle.y + distance * std::sin(angle)});
    }
    return ring;
}

/// A large part with two holes, an island in one of them, and a part beside it.
inline geo::MultiPolygon manyRings() {
    geo::MultiPolygon shape{
        {wavyRing(60, 1000), {}}, {wavyRing(20, 100, {501500, 5000000}), {}}, {wavyRing(9, 60), {}}};
    shape[0].holes.push_back(wavyRing(12, 200));
    shape[0].holes.push_back(wavyRing(8, 60, {500400, 5000300}));
    return shape;
}

/// A square of 100 with a hole in its middle, and another square beside it.
inline const geo::MultiPolygon withHoleAndPart{
    {{{0, 0}, {100, 0}, {100, 100}, {0, 100}}, {{{40, 40}, {60, 40}, {60, 60}, {40, 60}}}},
    {{{200, 0}, {300, 0}, {300, 100}, {200, 100}}, {}}};

/// Layers in memory, and drafts of them.
struct Layers {
    std::map<std::string, outlines::OutlineSet> all;
    editing::EdgeIndices indices;
    std::uint64_t commits = 0;

    outlines::OutlineRef put(const std::string& layer, const std::string& name, geo::MultiPolygon shape) {
        outlines::Outline outline;
        outline.uuid = name;
        outline.name = name;
        outline.geometry = std::move(shape);
        all[layer].put(outlines::share(std::move(outline)));
        return {layer, name};
    }
    editing::Draft draft() {
        return {[this](const std::string& name) -> editing::DraftLayer {
                    const auto found = all.find(name);
                    return {found != all.end() ? &found->second : nullptr,
                            name == "lakes" || outlines::sideKindOf(std::string_view(name)) != nullptr};
                },
                indices};
    }
    /// As a project does it.
    void commit(const editing::Edit& edit) {
        ++commits;
        for (const auto& change : edit.changes) {
            if (change.after) {
                all[change.layer].put(change.after);
            } else {
                all[change.layer].remove(change.before->uuid);
            }
        }
    }
};

} // namespace nunatak::tests
