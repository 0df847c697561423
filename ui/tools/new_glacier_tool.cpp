// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/new_glacier_tool.h"

#include "editing/gate.h"
#include "editing/new_glacier.h"
#include "ui/tools/edge_follower.h"
#include "ui/tools/hit.h"
#include "ui/tools/magnet.h"
#include "ui/tools/ring_tool.h"
#include "ui/tools/side_words.h"

#include <QCoreApplication>

namespace nunatak::ui::tools {

namespace {

class NewGlacierTool : public RingTool {
    Q_DECLARE_TR_FUNCTIONS(NewGlacierTool)

protected:
    std::optional<Proposal> begin(const Place&, const Scene& scene) override {
        const std::string layer = scene.editedLayer();
        Proposal reason;
        const auto* kind = sideKindEdited(scene);
        reason.refusal = layer.empty() ? tr("There is no inventory to draw in.")
                         : kind != nullptr && kind->shape != geo::ShapeKind::Area ? whyNoGround(*kind)
                                                                                  : scene.lock({layer, {}});
        return reason.refusal.isEmpty() ? std::nullopt : std::optional(std::move(reason));
    }

    void readRing(const geo::Ring& ring, const geo::Ring& line, const Scene& scene,
                  Reading& reading) const override {
        const auto draft = scene.draft();
        const std::string layer = scene.editedLayer();
        const outlines::Outline like = likeEdited(scene);
        const double reach = lineReach * metresPerPixel();
        Proposal& proposal = reading.proposal;
        try {
            // From edge to edge it is closed along those between: debris and lakes along glaciers.
            const auto closed =
                nunatak::editing::closedAlongOthers(draft, glaciersFor(scene, line, reach), line, reach);
            proposal.edit = nunatak::editing::newGlacier(draft, layer, closed, like, neighbours());
            proposal.marks.lines.front() = {line, false, Marks::Look::Drawn}; // no straight way back
        } catch (const nunatak::editing::Refused&) {
            // It is a ring of its own, which may begin in a neighbour and end there.
            proposal.edit = nunatak::editing::newGlacier(draft, layer, ring, like, neighbours());
        }
        proposal.hint = tr("Right click or Enter: done · Backspace: a point back · Esc: drop the line");
    }

    Standing idle(const Scene& scene) const override {
        if (const auto* kind = sideKindEdited(scene)) {
            return {tr("Drag around it, or from a glacier's edge to its edge · clicks: points"),
                    titleOf(*kind),
                    {}};
        }
        return {
            tr("Drag around the ice, or from a neighbour's edge to the next one's · clicks: points"), {}, {}};
    }

private:
    /// The layer along whose outlines a line is closed: of a side layer that of the glaciers at its
    /// beginning.
    static std::string glaciersFor(const Scene& scene, const geo::Ring& ring, double reach) {
        const std::string edited = scene.editedLayer();
        if (sideKindEdited(scene) == nullptr) {
            return edited;
        }
        const geo::Point start = ring.front();
        for (const auto& ref : scene.near(geo::Extent{start.x, start.y, start.x, start.y}.grown(reach))) {
            if (!scene.draft().mayOverlap(ref.layer)) {
                return ref.layer; // an inventory's before a reference's
            }
        }
        return edited;
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
