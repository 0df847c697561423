// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/select_tool.h"

#include "editing/insert_vertex.h"
#include "editing/move_vertex.h"
#include "editing/remove_vertices.h"
#include "geo/paths.h"
#include "geo/rings.h"
#include "outlines/outline_name.h"
#include "ui/tools/box_gesture.h"
#include "ui/tools/choosing.h"
#include "ui/tools/command_parts.h"
#include "ui/tools/hit.h"
#include "ui/tools/hole_tool.h"
#include "ui/tools/magnet.h"
#include "ui/tools/neighbours_option.h"
#include "ui/tools/other_lines.h"
#include "ui/tools/part_tools.h"
#include "ui/tools/take_here_tool.h"
#include "ui/tools/vertex_gestures.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace nunatak::ui::tools {

namespace {

using nunatak::editing::Neighbours;

constexpr double samePlace = 4; // pixels between clicks that mean the same

class SelectTool : public Tool {
    Q_DECLARE_TR_FUNCTIONS(SelectTool)

public:
    std::unique_ptr<Gesture> press(const Place& place, const Scene& scene) override {
        if (place.isShifted()) {
            return std::make_unique<BoxGesture>(scene, place);
        }
        const auto* ref = scene.selection().only();
        const auto hit = ref != nullptr ? hitOn(*ref, place, scene) : std::nullopt;
        if (!hit) {
            return nullptr;
        }
        if (const QString lock = scene.lock(*ref); !lock.isEmpty()) {
            return std::make_unique<LockedGesture>(*ref, lock);
        }
        Grip grip{*ref, *hit, place, m_neighbours, m_magnet};
        if (hit->isVertex) {
            return std::make_unique<MoveVertexGesture>(scene, std::move(grip));
        }
        return std::make_unique<InsertVertexGesture>(scene, std::move(grip));
    }

    Proposal click(const Place& place, const Scene& scene) override {
        Proposal proposal;
        const Selection& now = scene.selection();
        const auto* only = now.only();
        const auto hit = only != nullptr ? hitOn(*only, place, scene) : std::nullopt;
        if (hit && hit->isVertex) {
            proposal.selection = withVertex(now, hit->vertex, place.isShifted());
            return proposal;
        }
        const auto there = scene.at(place.map);
        if (place.isShifted()) {
            proposal.selection = there.empty() ? now : toggled(now, there.front());
        } else if (there.empty()) {
            // The line has a width: beside it is still on it.
            proposal.selection = hit ? Selection{{*only}, {}} : Selection{};
            proposal.said = hit ? QString() : whyNothing(place, scene);
        } else {
            proposal.selection = Selection{{chosen(there, place, now)}, {}};
        }
        m_clicked = place.position;
        return proposal;
    }

    std::optional<Proposal> doubleClick(const Place& place, const Scene& scene) override {
        if (place.isShifted()) {
            return click(place, scene); // added and taken out again
        }
        const auto* ref = scene.selection().only();
        const auto hit = ref != nullptr ? hitOn(*ref, place, scene) : std::nullopt;
        if (!hit) {
            return std::nullopt;
        }
        // At a vertex there is nothing to add, and nowhere to fly.
        return hit->isVertex ? Proposal() : inserted(*ref, *hit, scene, m_neighbours);
    }

    Hover hover(const Place& place, const Scene& scene) override {
        const auto* ref = scene.selection().only();
        const auto hit = ref != nullptr ? hitOn(*ref, place, scene) : std::nullopt;
        if (!hit) {
            return {};
        }
        if (!scene.lock(*ref).isEmpty()) {
            return {std::nullopt, Qt::ForbiddenCursor};
        }
        return {hit->isVertex ? std::optional(hit->vertex) : std::nullopt, Qt::CrossCursor};
    }

    Menu menu(const Place& place, const Scene& scene) override {
        const Selection& now = scene.selection();
        const auto* only = now.only();
        const auto hit = only != nullptr ? hitOn(*only, place, scene) : std::nullopt;
        const auto there = scene.at(place.map);
        const auto own =
            std::find_if(there.begin(), there.end(), [&](const auto& ref) { return now.contains(ref); });
        auto ofSelected =
            only != nullptr ? stretchItems(*only, place, scene, m_neighbours) : std::vector<Menu::Item>();
        const auto isLocked = [&](const auto& ref) { return !scene.lock(ref).isEmpty(); };
        if (only != nullptr && own != there.end()) {
            auto whole = takeWholeItems(scene, m_neighbours);
            std::move(whole.begin(), whole.end(), std::back_inserter(ofSelected));
        }
        if (std::all_of(there.begin(), there.end(), isLocked)) { // a hole is ice where a reference has some
            auto fill = fillHoleItems(place, scene, m_neighbours);
            std::move(fill.begin(), fill.end(), std::back_inserter(ofSelected));
        }
        auto ofPart = only != nullptr ? partItems(*only, place, scene) : std::vector<Menu::Item>();
        std::move(ofPart.begin(), ofPart.end(), std::back_inserter(ofSelected));
        if (!hit && there.empty() && ofSelected.empty()) {
            return {};
        }
        const auto about = hit || !ofSelected.empty() ? *only : own != there.end() ? *own : there.front();
        Menu menu;
        menu.isLocked = !scene.lock(about).isEmpty();
        menu.heading = QStringLiteral("%1 · %2").arg(nameOf(scene, about), scene.layerTitle(about));
        const auto& vertices = now.vertices;
        if (vertices.size() == 1 && !(hit && hit->isVertex)) {
            menu.selection = Selection{now.outlines, {}}; // of one far from here nothing is meant
        }
        if (hit && hit->isVertex && !menu.isLocked) {
            if (std::find(vertices.begin(), vertices.end(), hit->vertex) == vertices.end()) {
                menu.selection = withVertex(now, hit->vertex, false);
            }
        } else if (hit && !menu.isLocked) {
            menu.items.push_back({"list-add", tr("&Insert vertex here"),
                                  [about, at = *hit, neighbours = m_neighbours](const Scene& then) {
                                      return inserted(about, at, then, neighbours);
                                  }});
        } else if (!now.contains(about)) {
            menu.selection = Selection{{about}, {}};
            ofSelected = stretchItems(about, place, scene, m_neighbours);
            ofPart = partItems(about, place, scene);
            std::move(ofPart.begin(), ofPart.end(), std::back_inserter(ofSelected));
        } else if (now.outlines.size() > 1) {
            menu.heading = namesOf(scene);
        }
        std::move(ofSelected.begin(), ofSelected.end(), std::back_inserter(menu.items));
        for (const auto& ref : there) {
            if (ref != about) {
                menu.beneath.push_back({"edit-select",
                                        tr("Select %1 · %2").arg(nameOf(scene, ref), scene.layerTitle(ref)),
                                        [ref](const Scene&) {
                                            Proposal proposal;
                                            proposal.selection = Selection{{ref}, {}};
                                            return proposal;
                                        }});
            }
        }
        return menu;
    }

    std::optional<Proposal> nudge(QPoint pixels, const Scene& scene) override {
        const Selection& now = scene.selection();
        if (now.only() == nullptr || now.vertices.empty()) {
            return std::nullopt;
        }
        const geo::Point by = scene.pixels(pixels);
        Proposal proposal = onUnlocked(scene, [&] {
            return nunatak::editing::moveVertices(scene.draft(), *now.only(), now.vertices, by, m_neighbours);
        });
        proposal.selection = stillSelected(proposal, now, by);
        return proposal;
    }

    Proposal moveTo(geo::Point place, const Scene& scene) override {
        const Selection& now = scene.selection();
        if (now.only() == nullptr || now.vertices.size() != 1) {
            return {};
        }
        const auto at = placeOf(scene);
        Proposal proposal = onUnlocked(scene, [&] {
            return nunatak::editing::moveVertex(scene.draft(), *now.only(), now.vertices.front(), place,
                                                m_neighbours);
        });
        if (proposal.edit && at) {
            const QLocale locale;
            proposal.selection = vertexAt(proposal, *now.only(), now.vertices.front(), place);
            proposal.done = tr("Vertex moved by %1 m.")
                                .arg(locale.toString(std::hypot(place.x - at->x, place.y - at->y), 'f', 2));
        }
        return proposal;
    }

    void choose(const QString& option, int value) override {
        m_neighbours = chosenNeighbours(option, value).value_or(m_neighbours);
        m_magnet = chosenMagnet(option, value).value_or(m_magnet);
    }

    Standing standing(const Scene& scene) const override {
        Standing standing = words(scene);
        const Selection& now = scene.selection();
        standing.takesOptions = now.only() != nullptr && scene.lock(*now.only()).isEmpty();
        standing.place = standing.takesOptions ? placeOf(scene) : std::nullopt;
        return standing;
    }

private:
    /// Why a click selects nothing, where it cannot be seen: in a hole, or when nothing was selected before.
    static QString whyNothing(const Place& place, const Scene& scene) {
        const geo::Extent here{place.map.x, place.map.y, place.map.x, place.map.y};
        for (const auto& ref : scene.near(here)) {
            const auto outline = scene.outline(ref);
            if (outline == nullptr || geo::isPath(outline->geometry) || !scene.lock(ref).isEmpty()) {
                continue;
            }
            for (const auto& part : outline->geometry) {
                if (geo::contains({{part.outer, {}}}, place.map)) {
                    return tr("A hole of %1").arg(QString::fromStdString(outlines::nameInSentence(*outline)));
                }
            }
        }
        return scene.selection().empty() ? tr("No outline here") : QString();
    }

    /// Where the one selected vertex is.
    static std::optional<geo::Point> placeOf(const Scene& scene) {
        const Selection& now = scene.selection();
        const auto outline = now.only() != nullptr ? scene.outline(*now.only()) : nullptr;
        const auto* point = outline != nullptr && now.vertices.size() == 1
                                ? geo::vertexAt(outline->geometry, now.vertices.front())
                                : nullptr;
        return point != nullptr ? std::optional(*point) : std::nullopt;
    }

    static Standing words(const Scene& scene) {
        const Selection& now = scene.selection();
        if (now.empty()) {
            return {tr("Click: select · Shift and drag: a box · right click: menu"), {}, {}};
        }
        for (const auto& ref : now.outlines) {
            if (const QString lock = scene.lock(ref); !lock.isEmpty()) {
                // Why, whoever tries is told at the pointer.
                return {tr("Right click: menu · Esc: none"), tr("%1 · locked").arg(namesOf(scene)), {}};
            }
        }
        if (now.vertices.size() == 1) {
            return {tr("Arrows: by a pixel, with Shift ten · Enter: type its place · Esc: none"),
                    tr("%1 · %2").arg(verticesOf(scene), fateOf(scene)),
                    {}};
        }
        if (!now.vertices.empty()) {
            return {tr("Arrows: by a pixel, with Shift ten · Shift: more vertices · Esc: none"),
                    tr("%1 · %2").arg(verticesOf(scene), fateOf(scene)),
                    {}};
        }
        if (now.only() == nullptr) {
            return {tr("Shift and click: one more, or one less · right click: menu · Esc: none"),
                    tr("%1 · Del deletes them").arg(namesOf(scene)),
                    {}};
        }
        return {scene.showsVertices()
                    ? tr("Drag the line or a vertex · Shift and drag: vertices · right click: menu")
                    : tr("Come closer to drag its line: wheel, double click · right click: menu"),
                tr("%1 · Del deletes it").arg(namesOf(scene)),
                {}};
    }

    static Proposal inserted(const outlines::OutlineRef& ref, const Hit& hit, const Scene& scene,
                             Neighbours neighbours) {
        Proposal proposal = onUnlocked(scene, [&] {
            return nunatak::editing::insertVertex(scene.draft(), ref, hit.vertex, hit.point, neighbours);
        });
        proposal.selection = Selection{{ref}, {nunatak::editing::insertedAfter(hit.vertex)}};
        return proposal;
    }

    /// What Delete does with the selected vertices.
    static QString fateOf(const Scene& scene) {
        const auto& now = scene.selection();
        const auto outline = scene.outline(*now.only());
        if (outline == nullptr) {
            return {};
        }
        const auto left = nunatak::editing::leftWithout(outline->geometry, now.vertices);
        if (left.parts == 0) {
            return tr("Del deletes %1").arg(namesInSentence(scene));
        }
        const auto what = now.vertices.size() == 1 ? tr("Del removes it") : tr("Del removes them");
        const QLocale locale;
        if (left.goneParts > 0) {
            return left.goneParts == 1
                       ? tr("%1 and the whole part").arg(what)
                       : tr("%1 and %2 whole parts").arg(what, locale.toString(left.goneParts));
        }
        if (left.goneHoles > 0) {
            return left.goneHoles == 1
                       ? tr("%1 and the whole hole").arg(what)
                       : tr("%1 and %2 whole holes").arg(what, locale.toString(left.goneHoles));
        }
        return what;
    }

    /// Again in the same place: what lies beneath.
    outlines::OutlineRef chosen(const std::vector<outlines::OutlineRef>& there, const Place& place,
                                const Selection& now) const {
        const bool again = m_clicked && std::hypot(m_clicked->x() - place.position.x(),
                                                   m_clicked->y() - place.position.y()) <= samePlace;
        const auto found =
            now.only() != nullptr ? std::find(there.begin(), there.end(), *now.only()) : there.end();
        if (!again || found == there.end()) {
            return there.front();
        }
        return found + 1 != there.end() ? *(found + 1) : there.front();
    }

    static Selection withVertex(Selection selection, const geo::VertexId& vertex, bool isAdded) {
        auto& vertices = selection.vertices;
        const auto found = std::find(vertices.begin(), vertices.end(), vertex);
        if (!isAdded) {
            vertices = {vertex};
        } else if (found != vertices.end()) {
            vertices.erase(found);
        } else {
            vertices.push_back(vertex);
        }
        return selection;
    }

    std::optional<QPointF> m_clicked;
    Neighbours m_neighbours = Neighbours::Together;
    Magnet m_magnet = Magnet::Lines;
};

} // namespace

ToolEntry selectTool() {
    return {
        "select",
        "edit-select",
        SelectTool::tr("&Select"),
        SelectTool::tr("Click a glacier to select it, again for the one beneath; drag its line; Shift adds, "
                       "Shift and drag a box"),
        QKeySequence(Qt::Key_Q),
        [] { return std::make_unique<SelectTool>(); },
        {},
        {neighboursOption(), magnetOption()}};
}

} // namespace nunatak::ui::tools
