// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/brush.h"
#include "editing/buffer.h"
#include "editing/divide_outlines.h"
#include "editing/gate.h"
#include "editing/holes.h"
#include "editing/merge.h"
#include "editing/new_glacier.h"
#include "editing/parts.h"
#include "editing/region.h"
#include "editing/revert.h"
#include "editing/simplify.h"
#include "editing/smooth.h"
#include "editing/split.h"
#include "editing/take_here.h"
#include "geo/rings.h"
#include "geo/segments.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace nunatak::tests {

/// What adds, takes, parts and joins ground, with what chance gives it.
class RandomGround {
public:
    enum Kind {
        PaintIce,
        PaintOff,
        CutHole,
        FillHole,
        NewGlacier,
        Split,
        Merge,
        Simplify,
        Smooth,
        Buffer,
        MovePart,
        CopyPart,
        DetachPart,
        RemovePart,
        Explode,
        Divide,
        TakeHere,
        KeepHere,
        Revert,
        kinds
    };
    static std::string nameOf(Kind kind) {
        static constexpr std::array names{"paint ice",     "paint off",     "cut a hole",  "fill a hole",
                                          "new",           "split",         "merge",       "simplify",
                                          "smooth",        "buffer",        "move a part", "copy a part",
                                          "detach a part", "remove a part", "explode",     "divide",
                                          "take here",     "keep here",     "revert"};
        return names.at(kind);
    }
    /// Others change, too, or their lines come to the new one; what is on them is a vertex of both. But what
    /// is put back has the vertices of then alone.
    static bool sharesLines(Kind kind, editing::Neighbours neighbours) {
        if (kind == Revert) {
            return false;
        }
        return kind == Merge || kind == MovePart || kind == DetachPart || kind == Explode || kind == Divide ||
               kind == Simplify || neighbours != editing::Neighbours::Alone;
    }

    /// Pieces of outlines, or several as one.
    static bool isMadeOfOthers(Kind kind) { return kind == Merge || keepsGround(kind); }

    /// What only parts, joins or gives away leaves the ground of all as it was.
    static bool keepsGround(Kind kind) {
        return kind == Split || kind == Explode || kind == MovePart || kind == DetachPart || kind == Divide;
    }

    explicit RandomGround(std::mt19937& random) : m_random(random) {}

    /// Throws Refused.
    editing::Edit make(Kind kind, const editing::Draft& draft, const outlines::OutlineSet& layer,
                       const outlines::OutlineRef& ref, editing::Neighbours neighbours) {
        const outlines::OutlineHandle outline = draft.require(ref);
        const geo::Polygon& part = outline->geometry[index(outline->geometry.size())];
        const geo::Ring& ring = chance(0.2) && !part.holes.empty() ? part.holes.front() : part.outer;
        const geo::Extent box = geo::extentOf(outline->geometry);
        const double size = std::sqrt(std::max(1.0, box.width() * box.height()));
        if (chance(0.3)) {
            m_earlier.insert_or_assign(
                ref.uuid, editing::Then{outline, layer.in(box.grown(size)), "an earlier moment"});
        }
        const geo::Point at = chance(0.8) ? ring[index(ring.size())] : anywhere(box);
        switch (kind) {
        case PaintIce:
        case PaintOff: {
            const double radius = size * between(0.01, 0.1);
            editing::BrushStroke stroke(
                draft, ref,
                {radius, radius / 10, kind == PaintIce ? editing::Ground::Add : editing::Ground::Remove},
                neighbours);
            geo::Point place = at;
            for (std::size_t i = 0; i < 1 + index(6); ++i) {
                stroke.paintTo(place);
                place = {place.x + between(-2, 2) * radius, place.y + between(-2, 2) * radius};
            }
            return chance(0.3) ? stroke.edit() : stroke.finished();
        }
        case CutHole:
            return editing::cutHole(draft, ref, blob(at, size * between(0.02, 0.3)), neighbours).edit;
        case FillHole: {
            const geo::Ring& hole = part.holes.empty() ? part.outer : part.holes[index(part.holes.size())];
            return editing::fillHole(draft, ref, hole[index(hole.size())], neighbours);
        }
        case NewGlacier:
            return editing::newGlacier(draft, ref.layer, blob(at, size * between(0.05, 0.5)), {}, neighbours);
        case Split: {
            return editing::split(draft, ref, linesOver(ring, box),
                                  {chance(0.5) ? size * 0.05 : 0, chance(0.5) ? size : 0, neighbours})
                .edit;
        }
        case Merge: {
            std::vector<outlines::OutlineRef> refs{ref};
            for (const auto& near : layer.in(box)) {
                if (near->uuid != ref.uuid && chance(0.5)) {
                    refs.push_back({ref.layer, near->uuid});
                }
            }
            editing::MergeOptions options;
            options.keep = index(refs.size());
            options.collect = chance(0.5);
            return editing::merge(draft, refs, options);
        }
        case Simplify: {
            const double tolerance = size * between(0.001, 0.1);
            return editing::Simplifier(draft, std::vector{ref}, tolerance).at(tolerance).edit;
        }
        case Smooth:
            return editing::smooth(draft, std::vector{ref}, size * between(0.01, 0.3)).edit;
        case Buffer:
            return editing::buffer(draft, ref, size * between(-0.1, 0.1), neighbours);
        case MovePart:
        case CopyPart: {
            const auto all = layer.in(box.grown(size));
            const outlines::OutlineRef to{ref.layer, all[index(all.size())]->uuid};
            const int moved = static_cast<int>(index(outline->geometry.size()));
            return kind == MovePart ? editing::movePart(draft, ref, moved, to)
                                    : editing::copyPart(draft, ref, moved, to, neighbours);
        }
        case DetachPart:
        case RemovePart: {
            const int taken = static_cast<int>(index(outline->geometry.size()));
            return kind == DetachPart ? editing::detachPart(draft, ref, taken).edit
                                      : editing::removePart(draft, ref, taken);
        }
        case Explode:
            return editing::explode(draft, ref).edit;
        case Divide:
            return divided(draft, layer.in(box), ref);
        case TakeHere:
        case KeepHere: {
            editing::HereRequest request;
            request.from = "reference";
            request.title = "the reference";
            request.into = ref.layer;
            request.keepsMine = kind == KeepHere;
            if (request.keepsMine || chance(0.8)) {
                request.region = editing::regionWithin(blob(at, size * between(0.05, 0.6)));
            }
            if (request.region.empty() || chance(0.5)) {
                request.glaciers = {ref.uuid};
            }
            request.sliver = chance(0.5) ? size * 0.01 : 0;
            return editing::takeHere(draft, request, neighbours).edit;
        }
        case Revert: {
            const auto earlier = m_earlier.find(ref.uuid);
            if (earlier == m_earlier.end()) {
                throw editing::Refused("Nothing earlier is known of it.", std::nullopt);
            }
            return editing::revertOutline(draft, ref, earlier->second, editing::Reverted::Line, neighbours);
        }
        case kinds:
            break;
        }
        return {};
    }

private:
    std::size_t index(std::size_t count) {
        return std::uniform_int_distribution<std::size_t>(0, count - 1)(m_random);
    }
    double between(double least, double most) {
        return std::uniform_real_distribution<double>(least, most)(m_random);
    }
    bool chance(double share) { return between(0, 1) < share; }

    /// One or two, each from one vertex of a ring to another or from beside it.
    std::vector<geo::Ring> linesOver(const geo::Ring& ring, const geo::Extent& box) {
        std::vector<geo::Ring> lines(1 + index(2));
        for (geo::Ring& line : lines) {
            const geo::Point from = ring[index(ring.size())], to = ring[index(ring.size())];
            line = {chance(0.3) ? from : geo::pointAlong(from, to, between(-0.3, 0.1)), anywhere(box),
                    chance(0.3) ? to : geo::pointAlong(to, from, between(-0.3, 0.1))};
        }
        return lines;
    }

    /// This outline, and some of those near, into pieces along lines by chance; one of ten into pieces that
    /// lie over each other, which must be left.
    editing::Edit divided(const editing::Draft& draft, const std::vector<outlines::OutlineHandle>& near,
                          const outlines::OutlineRef& ref) {
        std::vector<editing::Division> divisions;
        for (const outlines::OutlineHandle& each : near) {
            if (each->uuid != ref.uuid && !chance(0.3)) {
                continue;
            }
            const geo::MultiPolygon& shape = each->geometry;
            editing::Division division{{ref.layer, each->uuid}, {}};
            for (auto& piece :
                 editing::piecesAlong(draft, each, linesOver(shape.front().outer, geo::extentOf(shape)))
                     .glaciers) {
                division.parts.push_back({std::move(piece)});
            }
            std::shuffle(division.parts.begin(), division.parts.end(), m_random);
            if (division.parts.size() > 1 && chance(0.1)) {
                division.parts.back().shape = shape;
            }
            divisions.push_back(std::move(division));
        }
        editing::Divided all = editing::divideOutlines(draft, divisions);
        if (all.edit.empty()) {
            throw editing::Refused(all.left.empty() ? "The lines divide nothing." : all.left.front().why,
                                   std::nullopt);
        }
        return std::move(all.edit);
    }

    geo::Point anywhere(const geo::Extent& box) {
        return {between(box.xmin, box.xmax), between(box.ymin, box.ymax)};
    }

    /// A ring as a hand draws it, around a place or beside it.
    geo::Ring blob(geo::Point at, double radius) {
        const geo::Point middle{at.x + between(-1, 1) * radius, at.y + between(-1, 1) * radius};
        geo::Ring ring;
        const std::size_t count = 3 + index(20);
        for (std::size_t i = 0; i < count; ++i) {
            const double angle = 6.283185307 * static_cast<double>(i) / static_cast<double>(count);
            const double away = radius * between(0.6, 1);
            ring.push_back({middle.x + away * std::cos(angle), middle.y + away * std::sin(angle)});
        }
        if (chance(0.2)) {
            ring[0] = at; // in a vertex
        }
        return ring;
    }

    std::mt19937& m_random;
    std::map<std::string, editing::Then> m_earlier; ///< moments of outlines, by UUID
};

} // namespace nunatak::tests
