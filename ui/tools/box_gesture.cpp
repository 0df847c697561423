// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/box_gesture.h"

#include "geo/paths.h"
#include "geo/rings.h"
#include "geo/segments.h"
#include "geo/shape_operations.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace nunatak::ui::tools {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

bool crosses(const geo::Ring& line, const geo::Ring& box) {
    for (std::size_t i = 1; i < line.size(); ++i) {
        for (std::size_t k = 0; k < box.size(); ++k) {
            if (geo::meet(line[i - 1], line[i], box[k], box[(k + 1) % box.size()]) != geo::Meeting::None) {
                return true;
            }
        }
    }
    return false;
}

/// Most of what lies in a box has its first vertex there: then nothing has to be cut.
bool meets(const geo::MultiPolygon& outline, const geo::MultiPolygon& box) {
    const auto isIn = [&box](geo::Point vertex) { return geo::isInside(box.front().outer, vertex); };
    if (geo::isPath(outline)) {
        const auto lines = geo::linesOf(outline);
        return std::any_of(lines.begin(), lines.end(), [&](const geo::Ring& line) {
            return std::any_of(line.begin(), line.end(), isIn) || crosses(line, box.front().outer);
        });
    }
    const bool hasVertexIn = std::any_of(outline.begin(), outline.end(), [&isIn](const geo::Polygon& part) {
        return std::any_of(part.outer.begin(), part.outer.end(), isIn);
    });
    return hasVertexIn || geo::intersects(outline, box);
}

} // namespace

BoxGesture::BoxGesture(const Scene& scene, const Place& press)
    : m_scene(scene), m_pressed(press.position), m_from(press.map) {}

geo::Ring BoxGesture::box(const Place& place) const {
    const auto corner = [&](QPointF position, geo::Point otherwise) {
        return m_scene.ground(position).value_or(otherwise);
    };
    // Beside the ground a corner is where it would be on a map with north up.
    return {m_from, corner({place.position.x(), m_pressed.y()}, {place.map.x, m_from.y}), place.map,
            corner({m_pressed.x(), place.position.y()}, {m_from.x, place.map.y})};
}

Selection BoxGesture::withVertices(const geo::Ring& box) const {
    Selection selection = m_scene.selection();
    const auto outline = m_scene.outline(*selection.only());
    if (!outline) {
        return selection;
    }
    const geo::Extent extent = geo::extentOf({{box, {}}});
    m_scene.indices().of(outline)->visit(outline->geometry, extent, [&](const geo::Edge& edge) {
        const auto known = std::find(selection.vertices.begin(), selection.vertices.end(), edge.from);
        if (geo::isInside(box, edge.a) && known == selection.vertices.end()) {
            selection.vertices.push_back(edge.from);
        }
    });
    return selection;
}

Selection BoxGesture::withOutlines(const geo::Ring& box) const {
    Selection selection = m_scene.selection();
    const std::set<outlines::OutlineRef> known(selection.outlines.begin(), selection.outlines.end());
    const geo::MultiPolygon shape{{box, {}}};
    std::vector<outlines::OutlineRef> locked; // references, which are taken where there is nothing else
    std::map<std::string, bool> isLocked;     // by layer
    // Of several layers the first: nobody means the glaciers of two epochs, of which one lies over the other.
    std::optional<std::string> only;
    if (!selection.outlines.empty() && m_scene.lock(selection.outlines.front()).isEmpty()) {
        only = selection.outlines.front().layer;
    }
    for (auto& ref : m_scene.near(geo::extentOf(shape))) {
        const auto outline = m_scene.outline(ref);
        if (outline && !known.contains(ref) && meets(outline->geometry, shape)) {
            const auto [layer, isNew] = isLocked.try_emplace(ref.layer, false);
            layer->second = isNew ? !m_scene.lock(ref).isEmpty() : layer->second;
            if (layer->second) {
                locked.push_back(std::move(ref));
            } else if (ref.layer == only.value_or(ref.layer)) {
                only = ref.layer;
                selection.outlines.push_back(std::move(ref));
            }
        }
    }
    if (selection.outlines.empty()) {
        selection.outlines = std::move(locked);
    }
    return selection;
}

Proposal BoxGesture::at(const Place& place) {
    Proposal proposal;
    const geo::Ring frame = box(place);
    const QLocale locale;
    if (m_scene.selection().only() != nullptr) {
        proposal.selection = withVertices(frame);
        if (proposal.selection->vertices.empty()) {
            // Else Delete would take the glacier of whoever thinks to have vertices.
            proposal.refusal = Words::tr("No vertex in the box.");
        }
        const auto count = proposal.selection->vertices.size();
        proposal.note =
            count == 1 ? Words::tr("1 vertex") : Words::tr("%1 vertices").arg(locale.toString(count));
    } else {
        proposal.selection = withOutlines(frame);
        const auto count = proposal.selection->outlines.size();
        proposal.note =
            count == 1 ? Words::tr("1 glacier") : Words::tr("%1 glaciers").arg(locale.toString(count));
    }
    proposal.hint = Words::tr("Release: select · Esc: put back");
    proposal.marks.lines.push_back({frame, true, Marks::Look::Frame});
    return proposal;
}

} // namespace nunatak::ui::tools
