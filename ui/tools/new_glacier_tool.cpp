// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/new_glacier_tool.h"

#include "editing/gate.h"
#include "editing/new_glacier.h"
#include "ui/tools/edge_follower.h"
#include "ui/tools/hit.h"
#include "ui/tools/magnet.h"
#include "ui/tools/ring_tool.h"

#include <QCoreApplication>

namespace nunatak::ui::tools {

namespace {

class NewGlacierTool : public RingTool {
    Q_DECLARE_TR_FUNCTIONS(NewGlacierTool)

protected:
    std::optional<Proposal> begin(const Place&, const Scene& scene) override {
        const std::string layer = scene.editedLayer();
        Proposal reason;
        reason.refusal = layer.empty() ? tr("There is no inventory to draw in.") : scene.lock({layer, {}});
        return reason.refusal.isEmpty() ? std::nullopt : std::optional(std::move(reason));
    }

    void readRing(const geo::Ring& ring, const Scene& scene, Reading& reading) const override {
        const auto draft = scene.draft();
        const std::string layer = scene.editedLayer();
        Proposal& proposal = reading.proposal;
        try {
            // From edge to edge it is closed along those between.
            const auto closed =
                nunatak::editing::closedAlongOthers(draft, layer, ring, lineReach * metresPerPixel());
            proposal.edit = nunatak::editing::newGlacier(draft, layer, closed, {}, neighbours());
        } catch (const nunatak::editing::Refused&) {
            // It is a ring of its own, which may begin in a neighbour and end there.
            proposal.edit = nunatak::editing::newGlacier(draft, layer, ring, {}, neighbours());
        }
        proposal.hint = tr("Right click or Enter: done · Backspace: a point back · Esc: all of it");
    }

    Standing idle(const Scene&) const override {
        return {
            tr("Drag around the ice, or from a neighbour's edge to the next one's · clicks: points"), {}, {}};
    }
};

} // namespace

ToolEntry newGlacierTool() {
    return {
        "newGlacier",
        "draw-polygon",
        NewGlacierTool::tr("New &glacier"),
        NewGlacierTool::tr("Draw around ice that is in no outline; a line from the edge of one glacier to "
                           "another's is closed along them"),
        QKeySequence(Qt::Key_G),
        [] { return std::make_unique<NewGlacierTool>(); },
        {},
        {neighboursOption(), followingOption(), magnetOption()}};
}

} // namespace nunatak::ui::tools
