// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "editing/check.h"
#include "editing/draft.h"
#include "editing/gate.h"
#include "editing/insert_vertex.h"
#include "editing/move_vertex.h"
#include "editing/redraw.h"
#include "editing/remove_outlines.h"
#include "editing/remove_vertices.h"
#include "editing/repair.h"
#include "editing/reshape.h"
#include "editing/snap.h"
#include "editing/take_stretch.h"
#include "geo/rings.h"
#include "geo/segments.h"
#include "random_ground.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace nunatak::tests {

/// Something that can be done to a layer.
struct Operation {
    enum Kind {
        MoveOne,
        MoveRun,
        MoveRing,
        Insert,
        Remove,
        RemoveRun,
        Draw,        ///< a run replaced by a line
        Redraw,      ///< a stroke from boundary to boundary
        TakeStretch, ///< of the outline of the same UUID in the layer "reference"
        RemoveOutline,
        Snap,
        Repair,
        Ground ///< what random_ground.h has
    } kind;
    outlines::OutlineRef ref;
    editing::Neighbours neighbours;
    int part, ring;
    std::size_t first, count;
    double tolerance = 0; ///< of Snap and Repair
    RandomGround::Kind ground{};
    geo::Ring line{}; ///< of Draw, with the vertices at its ends

    bool isLine() const { return kind < RemoveOutline; }
    /// What becomes of outlines that are not valid need not be.
    bool isMadeOfOthers() const { return kind == Ground && RandomGround::isMadeOfOthers(ground); }
    bool isRemoval() const { return kind == Remove || kind == RemoveRun; }
    /// It is known where the line comes to lie.
    bool isDrawn() const { return kind == Draw || isRemoval(); }
    /// What is drawn anew need not keep the vertices that were there.
    bool keepsOwners() const { return kind < Draw; }
    std::string text() const {
        static constexpr std::array names{"move",           "move a run",   "move a ring", "insert",
                                          "remove",         "remove a run", "draw",        "redraw",
                                          "take a stretch", "delete",       "snap",        "repair"};
        return (kind == Ground ? RandomGround::nameOf(ground) : names.at(static_cast<std::size_t>(kind))) +
               " of " + ref.uuid + ", ring " + std::to_string(part) + "/" + std::to_string(ring) + ", " +
               std::to_string(count) + " from " + std::to_string(first) + ", neighbours " +
               std::to_string(static_cast<int>(neighbours));
    }
};

/// All operations there are, with what chance gives them, on a layer that changes meanwhile.
class RandomEdits {
public:
    RandomEdits(std::function<editing::Draft()> draft, std::function<const outlines::OutlineSet&()> layer,
                std::string name, geo::Crs crs, unsigned seed)
        : m_draft(std::move(draft)), m_layer(std::move(layer)), m_name(std::move(name)),
          m_crs(std::move(crs)), m_random(seed) {}

    struct Made {
        Operation operation;
        std::optional<editing::Edit> edit; ///< none: it was refused
        std::string refusal;
    };

    Made make() {
        const auto all = m_layer().all();
        const outlines::OutlineHandle outline = all[index(all.size())];
        Made made{{kindByChance(),
                   {m_name, outline->uuid},
                   static_cast<editing::Neighbours>(index(4) < 2 ? 0 : index(3)),
                   0,
                   0,
                   0,
                   0},
                  {},
                  {}};
        Operation& operation = made.operation;
        operation.part = static_cast<int>(index(outline->geometry.size()));
        const auto& polygon = outline->geometry[static_cast<std::size_t>(operation.part)];
        operation.ring = static_cast<int>(index(polygon.holes.size() + 1));
        const geo::Ring& ring = geo::ringOf(outline->geometry, operation.part, operation.ring);
        operation.first = index(ring.size());
        operation.count = 1 + index(std::min<std::size_t>(ring.size() - 1, chance(0.3) ? 12 : 3));
        operation.tolerance = between(0.5, 20);
        operation.ground = static_cast<RandomGround::Kind>(index(RandomGround::kinds));
        try {
            made.edit = numbered(done(operation, *outline, ring));
        } catch (const editing::Refused& refused) {
            made.refusal = refused.what();
        }
        return made;
    }

    bool chance(double share) { return between(0, 1) < share; }

private:
    std::size_t index(std::size_t count) {
        return std::uniform_int_distribution<std::size_t>(0, count - 1)(m_random);
    }
    double between(double least, double most) {
        return std::uniform_real_distribution<double>(least, most)(m_random);
    }

    Operation::Kind kindByChance() {
        // What changes a layer as a whole, or takes from it, is rare.
        const std::size_t rare = index(100);
        return rare == 0   ? Operation::RemoveOutline
               : rare < 3  ? Operation::Snap
               : rare < 5  ? Operation::Repair
               : rare < 30 ? Operation::Ground
                           : static_cast<Operation::Kind>(index(9));
    }

    /// New outlines are called by numbers: UUIDs of chance, by which outlines are sorted, would make each run
    /// another one, and nothing that fails could be looked at again.
    editing::Edit numbered(editing::Edit edit) {
        for (outlines::OutlineChange& change : edit.changes) {
            if (change.before || !change.after) {
                continue;
            }
            outlines::Outline outline = *change.after;
            outline.uuid = "new " + std::to_string(++m_new);
            if (edit.then && edit.then->uuid == change.after->uuid) {
                edit.then->uuid = outline.uuid;
            }
            change.after = outlines::share(std::move(outline));
        }
        return edit;
    }

    editing::Edit done(Operation& operation, const outlines::Outline& outline, const geo::Ring& ring) {
        const std::size_t size = ring.size();
        const auto vertex = [&](std::size_t i) {
            return geo::VertexId{operation.part, operation.ring, static_cast<int>(i % size)};
        };
        std::vector<geo::VertexId> run;
        for (std::size_t i = 0; i < operation.count; ++i) {
            run.push_back(vertex(operation.first + i));
        }
        const geo::VertexId first = vertex(operation.first);
        const geo::Point at = ring[operation.first];
        const double length = geo::distance(at, ring[(operation.first + 1) % size]);
        const double reach = length * (chance(0.8) ? 0.4 : 3);
        const geo::Point by{between(-reach, reach), between(-reach, reach)};
        const auto& [kind, ref, neighbours, part, number, begin, count, tolerance, ground, line] = operation;
        switch (kind) {
        case Operation::MoveOne:
            return editing::moveVertex(m_draft(), ref, first, {at.x + by.x, at.y + by.y}, neighbours);
        case Operation::MoveRun:
            return editing::moveVertices(m_draft(), ref, run, by, neighbours);
        case Operation::MoveRing:
            run.clear();
            for (std::size_t i = 0; i < size; ++i) {
                run.push_back(vertex(i));
            }
            return editing::moveVertices(m_draft(), ref, run, {by.x / 4, by.y / 4}, neighbours);
        case Operation::Insert: {
            const geo::Point on = geo::pointAlong(at, ring[(begin + 1) % size], between(0.1, 0.9));
            return editing::insertVertex(m_draft(), ref, first, {on.x + by.x / 2, on.y + by.y / 2},
                                         neighbours);
        }
        case Operation::Remove:
            return editing::removeVertices(m_draft(), ref, {first}, neighbours);
        case Operation::RemoveRun:
            return editing::removeVertices(m_draft(), ref, run, neighbours);
        case Operation::Draw:
            return drawn(operation, ring);
        case Operation::Redraw:
            return editing::redraw(m_draft(), ref, strokeOver(operation, outline, ring), neighbours).edit;
        case Operation::TakeStretch:
            return stretchTaken(operation);
        case Operation::RemoveOutline:
            return editing::removeOutlines(m_draft(), std::vector{ref});
        case Operation::Snap:
            return editing::snap({m_name, around(outline), m_crs, tolerance, false, {outline.uuid}}, {}).edit;
        case Operation::Repair: {
            const auto findings =
                editing::check({m_name, around(outline), m_crs, false, 10'000, tolerance}, {});
            return editing::repair(m_draft(), findings, m_crs, tolerance).edit;
        }
        case Operation::Ground:
            return m_ground.make(ground, m_draft(), m_layer(), ref, neighbours);
        }
        throw Error("There is no such operation.");
    }

    editing::Edit stretchTaken(const Operation& operation) {
        const outlines::OutlineRef from{"reference", operation.ref.uuid};
        const auto reference = m_draft().find(from);
        if (!reference) {
            throw editing::Refused("There is no reference.", std::nullopt);
        }
        const geo::Ring& ring = reference->geometry.front().outer;
        const std::size_t edge = index(ring.size());
        const geo::Point place = geo::pointAlong(ring[edge], ring[(edge + 1) % ring.size()], between(0, 1));
        return editing::takeStretch(
            m_draft(), operation.ref,
            {from, {0, 0, static_cast<int>(edge)}, place, between(0, 20), "the reference"},
            operation.neighbours);
    }

    std::vector<outlines::OutlineHandle> around(const outlines::Outline& outline) const {
        return m_layer().in(geo::extentOf(outline.geometry).grown(100));
    }

    editing::Edit drawn(Operation& operation, const geo::Ring& ring) {
        const std::size_t size = ring.size();
        const std::size_t removed = std::min(operation.count, size - 2);
        const geo::Point begin = ring[(operation.first + size - 1) % size];
        const geo::Point end = ring[(operation.first + removed) % size];
        const geo::Ring line = bowed(begin, end, index(8), 0.01);
        operation.line = line;
        operation.line.insert(operation.line.begin(), begin);
        operation.line.push_back(end);
        auto draft = m_draft();
        editing::reshape(draft, operation.ref,
                         {{operation.part, operation.ring, operation.first, removed, line}},
                         operation.neighbours, editing::Line::Another);
        return draft.edit("Redraw", operation.ref);
    }

    /// Points between two, on a bow to one side, with a tremble in shares of the length.
    geo::Ring bowed(geo::Point begin, geo::Point end, std::size_t count, double tremble) {
        geo::Ring line;
        const double aside = between(-0.5, 0.5);
        for (std::size_t i = 1; i <= count; ++i) {
            const double share = static_cast<double>(i) / static_cast<double>(count + 1);
            const double bow = aside * std::sin(3.14159265 * share) + between(-tremble, tremble);
            line.push_back({begin.x + share * (end.x - begin.x) - bow * (end.y - begin.y),
                            begin.y + share * (end.y - begin.y) + bow * (end.x - begin.x)});
        }
        return line;
    }

    /// As a hand draws: from beside the line, or from a vertex of it, to beside it a few vertices on; or
    /// straight across all of it.
    editing::Stroke strokeOver(const Operation& operation, const outlines::Outline& outline,
                               const geo::Ring& ring) {
        editing::Stroke stroke;
        stroke.otherSide = chance(0.15);
        if (chance(0.15)) {
            const geo::Extent box = geo::extentOf(outline.geometry);
            const auto anywhere = [&] {
                return geo::Point{between(box.xmin, box.xmax), between(box.ymin, box.ymax)};
            };
            const geo::Point from = anywhere(), to = anywhere();
            stroke.points = {geo::pointAlong(from, to, -1), geo::pointAlong(from, to, 2)};
            return stroke;
        }
        const std::size_t size = ring.size();
        const geo::Point begin = placeBeside(ring, operation.first);
        const geo::Point end = placeBeside(ring, (operation.first + operation.count) % size);
        stroke.points = bowed(begin, end, 1 + index(6), 0.05);
        stroke.points.insert(stroke.points.begin(), begin);
        stroke.points.push_back(end);
        stroke.reach = chance(0.5) ? geo::distance(begin, end) * between(0.05, 0.3) : 0;
        return stroke;
    }

    geo::Point placeBeside(const geo::Ring& ring, std::size_t from) {
        const geo::Point a = ring[from], b = ring[(from + 1) % ring.size()];
        if (chance(0.2)) {
            return a; // as the magnet does
        }
        const geo::Point on = geo::pointAlong(a, b, between(0, 1));
        const double aside = between(-0.2, 0.2);
        return {on.x - aside * (b.y - a.y), on.y + aside * (b.x - a.x)};
    }

    std::function<editing::Draft()> m_draft;
    std::function<const outlines::OutlineSet&()> m_layer;
    std::string m_name;
    geo::Crs m_crs;
    std::mt19937 m_random;
    RandomGround m_ground{m_random}; ///< remembers moments to go back to
    int m_new = 0;
};

} // namespace nunatak::tests
