// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/hole_tool.h"

#include "editing/holes.h"
#include "geo/paths.h"
#include "ui/tools/command_parts.h"
#include "ui/tools/edge_follower.h"
#include "ui/tools/line_target.h"
#include "ui/tools/magnet.h"
#include "ui/tools/refusal.h"
#include "ui/tools/ring_tool.h"

#include <QCoreApplication>

#include <algorithm>

namespace nunatak::ui::tools {

namespace {

class HoleTool : public RingTool {
    Q_DECLARE_TR_FUNCTIONS(HoleTool)

public:
    Menu menu(const Place& place, const Scene& scene) override {
        Menu menu;
        menu.items = fillHoleItems(place, scene, neighbours());
        if (const auto own = selectedOutline(scene); own && !menu.items.empty()) {
            menu.heading = QStringLiteral("%1 · %2").arg(nameOf(scene, *own), scene.layerTitle(*own));
        }
        return menu;
    }

protected:
    std::optional<Proposal> begin(const Place& place, const Scene& scene) override {
        m_begun = outlineAround(place, scene);
        if (!m_begun) {
            m_begun = selectedOutline(scene);
        }
        Proposal reason;
        reason.refusal = m_begun ? scene.lock(*m_begun) : tr("There is no glacier here.");
        if (reason.refusal.isEmpty()) {
            return std::nullopt;
        }
        reason.locked = m_begun;
        return reason;
    }

    void readRing(const geo::Ring& ring, const geo::Ring&, const Scene& scene,
                  Reading& reading) const override {
        Proposal& proposal = reading.proposal;
        proposal.selection = Selection{{*m_begun}, {}};
        auto cut = nunatak::editing::cutHole(scene.draft(), *m_begun, ring, neighbours());
        proposal.edit = std::move(cut.edit);
        proposal.hint =
            cut.isHole ? tr("Right click or Enter: a hole · Backspace: a point back · Esc: drop the line")
                       : tr("It meets the edge, so it is taken off · Right click or Enter: done");
    }

    Standing idle(const Scene& scene) const override {
        const auto ref = selectedOutline(scene);
        return {tr("Drag around the rock, or click its points · right click in a hole: fill it"),
                ref ? nameOf(scene, *ref) : QString(),
                {}};
    }

    void forget() override { m_begun.reset(); }

private:
    std::optional<outlines::OutlineRef> m_begun;
};

/// Whether a place lies in a hole of an outline.
bool isInHole(const geo::MultiPolygon& shape, geo::Point place) {
    return std::any_of(shape.begin(), shape.end(), [&](const geo::Polygon& part) {
        return !geo::isPath(part) &&
               std::any_of(part.holes.begin(), part.holes.end(), [&](const geo::Ring& hole) {
                   return geo::contains({{hole, {}}}, place);
               });
    });
}

} // namespace

std::vector<Menu::Item> fillHoleItems(const Place& place, const Scene& scene,
                                      nunatak::editing::Neighbours neighbours) {
    const auto own = selectedOutline(scene);
    if (!own || !scene.lock(*own).isEmpty() || !isInHole(scene.outline(*own)->geometry, place.map)) {
        return {};
    }
    return {{"edit-clear", HoleTool::tr("&Fill this hole"),
             [ref = *own, where = place.map, neighbours](const Scene& now) {
                 Proposal proposal;
                 try {
                     proposal.edit = nunatak::editing::fillHole(now.draft(), ref, where, neighbours);
                     proposal.selection = Selection{{ref}, {}};
                     proposal.done = HoleTool::tr("The hole is filled.");
                 } catch (const Error& error) {
                     sayWhyNot(error, proposal);
                 }
                 return proposal;
             },
             true, QStringLiteral("hole")}};
}

ToolEntry holeTool() {
    return {
        "hole",
        "draw-donut",
        HoleTool::tr("&Hole"),
        HoleTool::tr("Draw around rock in a glacier: it becomes a hole; what meets the edge is taken off"),
        QKeySequence(Qt::Key_I),
        [] { return std::make_unique<HoleTool>(); },
        {},
        {neighboursOption(), followingOption(), magnetOption()}};
}

} // namespace nunatak::ui::tools
