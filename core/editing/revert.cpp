// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/revert.h"

#include "editing/gate_neighbours.h"
#include "editing/line_nodes.h"
#include "editing/overlay.h"
#include "editing/region.h"
#include "editing/reshape.h"
#include "editing/shape_overlay.h"
#include "outlines/outline_name.h"

#include <utility>

namespace nunatak::editing {

namespace {

using outlines::Outline;
using outlines::OutlineHandle;
using outlines::OutlineRef;

/// All but the shape, name and attributes.
void takeLine(Outline& outline, const Outline& then) {
    outline.srcDate = then.srcDate;
    outline.sceneId = then.sceneId;
    outline.sensor = then.sensor;
    outline.model = then.model;
    outline.modelFingerprint = then.modelFingerprint;
    outline.run = then.run;
    outline.threshold = then.threshold;
    outline.origin = then.origin;
    outline.isChanged = then.isChanged;
    outline.analyst = then.analyst;
    if (then.review != outlines::Review::NotReviewed) {
        outline.review = then.review;
        outline.reviewRecord = then.reviewRecord;
    } else if (outline.review != outlines::Review::NotReviewed) {
        outline.reviewRecord.isOutdated = true;
    }
}

void takeAttributes(Outline& outline, const Outline& then) {
    outline.name = then.name;
    outline.attributes = then.attributes;
    outline.describedShape = then.describedShape;
}

class Reverter {
public:
    Reverter(Draft& draft, const OutlineRef& ref, const Then& then)
        : m_draft(draft), m_ref(ref), m_then(then), m_now(draft.require(ref)) {}

    void together() {
        const geo::MultiPolygon& shape = m_then.outline->geometry;
        std::vector<OutlineHandle> others = groundBeside(m_draft, m_ref, *m_now, geo::extentOf(shape));
        std::vector<Indexed> all;
        for (const OutlineHandle& other : others) {
            all.push_back(indexed(m_draft.indices(), other));
        }
        const Noded noded = nodedLines(laidRings(shape), all);
        std::vector<geo::Point> corners;
        for (const LaidLine& line : noded.lines) {
            corners.insert(corners.end(), line.points.begin(), line.points.end());
        }
        std::vector<Reshape> changes{Reshape{m_ref, {}, shape}};
        for (std::size_t i = 0; i < others.size(); ++i) {
            const OutlineRef theirs{m_ref.layer, others[i]->uuid};
            Overlaid left = overlaid(all[i], noded.nodes[i], noded.lines, Overlay::Remove);
            if (!left.isSame) {
                if (left.shape.empty()) {
                    throw Refused("Nothing would be left of " + outlines::nameInSentence(*others[i]) + ".",
                                  shape.front().outer.front());
                }
                changes.push_back({theirs, {}, std::move(left.shape), std::move(left.edges)});
            } else if (auto vertices = verticesFor(noded.nodes[i], corners); !vertices.empty()) {
                changes.push_back({theirs, std::move(vertices)});
            }
        }
        m_draft.reshape(std::move(changes));
        giveBack();
    }

    void besideOthers() {
        geo::MultiPolygon shape = m_then.outline->geometry;
        for (const OutlineHandle& other : groundBeside(m_draft, m_ref, *m_now, geo::extentOf(shape))) {
            shape = without(shape, other->geometry);
        }
        if (shape.empty() ||
            (without(shape, m_now->geometry).empty() && without(m_now->geometry, shape).empty())) {
            throw Refused("Others have that ground by now.", m_then.outline->geometry.front().outer.front());
        }
        m_draft.reshape(m_ref, std::move(shape));
    }

    void alone() { m_draft.reshape(m_ref, m_then.outline->geometry); }

private:
    /// What it gives up goes to those that had it then.
    void giveBack() {
        const geo::MultiPolygon given = without(m_now->geometry, m_then.outline->geometry);
        for (const OutlineHandle& then : m_then.beside) {
            const OutlineRef theirs{m_ref.layer, then->uuid};
            const OutlineHandle now = m_draft.find(theirs);
            if (given.empty() || !now || !takesGround(*now) || !takesGround(*then) ||
                !then->extent().intersects(geo::extentOf(given))) {
                continue;
            }
            for (const geo::Polygon& part : inCommon(given, then->geometry)) {
                try {
                    layRegion(m_draft, theirs, {part}, Ground::Add, Neighbours::NoOverlap);
                } catch (const NothingChanges&) {
                    // Somebody has it by now.
                }
            }
        }
    }

    Draft& m_draft;
    OutlineRef m_ref;
    const Then& m_then;
    OutlineHandle m_now;
};

} // namespace

Edit revertOutline(Draft draft, const OutlineRef& ref, const Then& then, Reverted what,
                   Neighbours neighbours) {
    const OutlineHandle now = draft.require(ref);
    if (what != Reverted::Attributes && now->geometry != then.outline->geometry) {
        Reverter reverter(draft, ref, then);
        const bool hasNeighbours = takesGround(*now) && !draft.mayOverlap(ref.layer);
        switch (hasNeighbours ? neighbours : Neighbours::Alone) {
        case Neighbours::Together:
            reverter.together();
            break;
        case Neighbours::NoOverlap:
            reverter.besideOthers();
            break;
        case Neighbours::Alone:
            reverter.alone();
            break;
        }
    }
    Outline outline = *draft.require(ref);
    if (what != Reverted::Attributes) {
        takeLine(outline, *then.outline);
    }
    if (what != Reverted::Line) {
        takeAttributes(outline, *then.outline);
    }
    if (outline != *draft.require(ref)) {
        draft.put(ref.layer, std::move(outline));
    }
    const std::string name = withNeighbours(draft, ref, outlines::nameInSentence(*now));
    Edit edit = draft.edit(
        (what == Reverted::Attributes ? "Attributes of " + name + " as of " : "Revert " + name + " to ") +
            then.when,
        ref);
    for (outlines::OutlineChange& change : edit.changes) {
        change.isAlong = change.before && change.before->uuid != ref.uuid;
    }
    edit.tool = "revert";
    return edit;
}

} // namespace nunatak::editing
