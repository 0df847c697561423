// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "edited_shapes.h"
#include "editing/buffer.h"
#include "editing/gate.h"
#include "editing/insert_vertex.h"
#include "editing/merge.h"
#include "editing/move_vertex.h"
#include "editing/parts.h"
#include "editing/paths.h"
#include "editing/remove_outlines.h"
#include "editing/remove_vertices.h"
#include "editing/split.h"
#include "geo/paths.h"
#include "geo/rings.h"
#include "shapes.h"

#include <algorithm>
#include <array>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace nunatak::tests {

/// Lines and points of a side layer, edited by chance, and what is wrong with an edit.
class RandomPaths {
public:
    RandomPaths(Layers& layers, std::string layer, const geo::Extent& ground, unsigned seed)
        : m_layers(layers), m_layer(std::move(layer)), m_ground(ground), m_random(seed) {}

    int done = 0;
    int refused = 0;

    /// One edit by chance, which stays; empty, or what is wrong with it.
    std::string step() {
        const auto before = all();
        std::optional<editing::Edit> edit;
        try {
            edit = made(before);
        } catch (const editing::Refused& why) {
            ++refused;
            return std::string(why.what()).empty() ? "refused without a reason" : "";
        }
        ++done;
        for (auto& change : edit->changes) {
            if (!change.before) { // called by a number: UUIDs of chance would make each run another one
                outlines::Outline outline = *change.after;
                outline.uuid = "line " + std::to_string(done);
                change.after = outlines::share(std::move(outline));
            }
            if (change.layer != m_layer) {
                return "another layer changed";
            }
            if (change.after &&
                (!geo::isPath(change.after->geometry) || !geo::isSoundPath(change.after->geometry))) {
                return "what became of a line is none";
            }
        }
        editing::Edit back = *edit;
        for (auto& change : back.changes) {
            std::swap(change.before, change.after);
        }
        m_layers.commit(*edit);
        m_layers.commit(back);
        if (all() != before) {
            return "taken back it is another";
        }
        m_layers.commit(*edit);
        return {};
    }

private:
    /// In the order of their UUIDs.
    std::vector<outlines::OutlineHandle> all() {
        auto all = m_layers.all[m_layer].all();
        std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a->uuid < b->uuid; });
        return all;
    }
    std::size_t index(std::size_t count) {
        return std::uniform_int_distribution<std::size_t>(0, count - 1)(m_random);
    }
    double between(double least, double most) {
        return std::uniform_real_distribution<double>(least, most)(m_random);
    }
    geo::Ring line(std::size_t count) {
        geo::Ring points;
        for (std::size_t i = 0; i < count; ++i) {
            points.push_back({between(m_ground.xmin, m_ground.xmax), between(m_ground.ymin, m_ground.ymax)});
        }
        return points;
    }

    editing::Edit made(const std::vector<outlines::OutlineHandle>& all) {
        const auto draft = m_layers.draft();
        if (all.size() < 2 || index(8) == 0) {
            return editing::newPath(draft, m_layer, line(1 + index(6)), {});
        }
        const outlines::OutlineHandle& one = all[index(all.size())];
        const outlines::OutlineRef ref{m_layer, one->uuid};
        const outlines::OutlineRef other{m_layer, all[index(all.size())]->uuid};
        const int part = static_cast<int>(index(one->geometry.size()));
        const std::vector<geo::Ring> lines = geo::linesOf(one->geometry);
        const geo::Ring& points = lines[index(lines.size())];
        std::vector<geo::VertexId> vertices;
        geo::forEachVertex(one->geometry,
                           [&](const geo::VertexId& id, geo::Point) { vertices.push_back(id); });
        const geo::VertexId vertex = vertices[index(vertices.size())];
        const auto neighbours = static_cast<editing::Neighbours>(index(3));
        const geo::Point to = line(1).front();
        switch (index(10)) {
        case 0: {
            geo::Ring on = line(1 + index(4));
            on.insert(on.begin(), index(2) == 0 ? points.front() : points.back());
            return editing::lengthenedPath(draft, ref, on);
        }
        case 1:
            return editing::insertVertex(draft, ref, vertex, to, neighbours);
        case 2:
            return editing::removeVertices(draft, ref, {vertex}, neighbours);
        case 3:
            return index(4) == 0 ? editing::removeOutlines(draft, std::vector{ref})
                                 : editing::moveVertex(draft, ref, vertex, to, neighbours);
        case 4: // none of these is for what has no ground
            switch (index(7)) {
            case 0:
                return editing::split(draft, ref, std::array{line(3)}, {}).edit;
            case 1:
                return editing::merge(draft, std::array{ref, other}, {.collect = index(2) == 0});
            case 2:
                return editing::buffer(draft, ref, between(-50, 50), neighbours);
            case 3:
                return editing::explode(draft, ref).edit;
            case 4:
                return editing::detachPart(draft, ref, part).edit;
            case 5:
                return editing::movePart(draft, ref, part, other);
            default:
                return editing::copyPart(draft, ref, part, other, neighbours);
            }
        default:
            return editing::moveVertex(draft, ref, vertex, to, neighbours);
        }
    }

    Layers& m_layers;
    std::string m_layer;
    geo::Extent m_ground;
    std::mt19937 m_random;
};

} // namespace nunatak::tests
