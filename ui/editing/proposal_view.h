// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tools/proposal.h"
#include "ui/tools/scene.h"
#include "ui/viewport/marks.h"

#include <QString>

#include <set>

namespace nunatak::ui::viewport {
class Viewport;
} // namespace nunatak::ui::viewport

namespace nunatak::ui::editing {

/// Draws what a tool proposes: all outlines of the edit as they would be, the stretches that come of the one
/// in the hand broad and white, those of outlines that move along narrower, those that go pale and dashed.
class ProposalView {
public:
    /// Both outlive it.
    ProposalView(viewport::Viewport& view, const tools::Scene& scene) : m_view(view), m_scene(scene) {}

    /// While a proposal has no edit the last one stays drawn.
    void show(const tools::Proposal& proposal);
    /// The stored outlines again, and what stands beside them.
    void clear(const tools::Proposal& standing);

private:
    void draw(const tools::Proposal& proposal);
    void drawMarks(const tools::Proposal& proposal);
    /// A sign as lines, of its size where the view is now.
    void addSign(const tools::Marks::Spot& spot, viewport::Marks& marks) const;
    bool isInHand(const tools::Proposal& proposal, const outlines::OutlineRef& ref) const;

    viewport::Viewport& m_view;
    const tools::Scene& m_scene;
    std::set<QString> m_live;                       ///< layers with outlines that are drawn as they would be
    std::vector<viewport::Marks::Line> m_stretches; ///< that the edit changes
};

} // namespace nunatak::ui::editing
