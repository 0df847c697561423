// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/shape_tool.h"

#include "ui/tools/choosing.h"
#include "ui/tools/command_parts.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace nunatak::ui::tools {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ShapeTool)
};

/// Work that says what can be done instead where it finds that it cannot be.
std::shared_ptr<const Work> sayingWhatElse(std::shared_ptr<const Work> work) {
    if (work == nullptr) {
        return work;
    }
    return std::make_shared<const Work>([work = std::move(work)] {
        Proposal proposal = (*work)();
        if (!proposal.refusal.isEmpty() && proposal.hint.isEmpty()) {
            proposal.hint =
                Words::tr("Shift and wheel: another length · click: another glacier · Esc: Select");
        }
        return proposal;
    });
}

} // namespace

Proposal ShapeTool::click(const Place& place, const Scene& scene) {
    Proposal proposal;
    proposal.selection = chosenBy(place, scene);
    m_done.reset();
    return proposal;
}

Hover ShapeTool::hover(const Place&, const Scene&) {
    return {std::nullopt, Qt::CrossCursor};
}

QString ShapeTool::lockOf(const Scene& scene) {
    const auto& refs = scene.selection().outlines;
    for (const auto& ref : refs) {
        if (QString why = scene.lock(ref); !why.isEmpty()) {
            return why;
        }
        if (ref.layer != refs.front().layer) {
            return Words::tr("They are of two layers.");
        }
    }
    return {};
}

Standing ShapeTool::standing(const Scene& scene) const {
    const Selection& now = scene.selection();
    Standing standing;
    if (now.empty()) {
        standing.hint = Words::tr("Click a glacier · Shift and click: one more · Esc: done");
        return standing;
    }
    standing.subject =
        now.vertices.empty() ? namesOf(scene) : Words::tr("%1 selected").arg(verticesOf(scene));
    if (const QString why = lockOf(scene); !why.isEmpty()) {
        standing.subject = Words::tr("%1 · locked").arg(namesOf(scene));
        standing.hint = Words::tr("%1 Click another glacier").arg(why);
        standing.takesOptions = false;
        return standing;
    }
    if (m_done == now) {
        standing.hint = Words::tr("Done · click another glacier · Shift and wheel: go on · Esc: Select");
        return standing;
    }
    if (Asked asked{now, scene.revision()}; m_asked != asked) {
        m_asked = std::move(asked);
        m_reason.clear();
        m_work = sayingWhatElse(work(now.outlines, scene, m_reason));
    }
    standing.proposal.work = m_work;
    standing.hint =
        m_work != nullptr
            ? Words::tr("Right click or Enter: do it · Shift and wheel: how far · click: another glacier")
            : m_reason;
    return standing;
}

std::optional<Proposal> ShapeTool::finish(const Scene& scene) {
    if (scene.selection().empty() || m_done == scene.selection()) {
        return std::nullopt; // the menu of what is there
    }
    Proposal proposal;
    proposal.refusal = lockOf(scene);
    if (!proposal.refusal.isEmpty()) {
        proposal.locked = scene.selection().outlines.front();
        return proposal;
    }
    proposal.work = standing(scene).proposal.work;
    if (proposal.work == nullptr) {
        proposal.refusal = m_reason;
        return proposal;
    }
    m_done = Selection{scene.selection().outlines, {}}; // vertices that made the stretch are others then
    return proposal;
}

void ShapeTool::ended(bool isDone) {
    if (!isDone) {
        m_done.reset();
    }
}

double ShapeTool::groundMetresOf(const Refs& refs, const Scene& scene) {
    geo::Extent extent;
    for (const auto& ref : refs) {
        if (const auto outline = scene.outline(ref)) {
            extent.include(outline->extent());
        }
    }
    return extent.empty() ? 1 : scene.groundMetres(extent.center());
}

void ShapeTool::chosenAnew() {
    m_asked.reset();
    m_done.reset();
}

} // namespace nunatak::ui::tools
