// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tools/tool.h"

namespace nunatak::ui::tools {

/// A box on the screen that adds what is in it to the selection: vertices while one outline is selected, else
/// outlines.
class BoxGesture : public Gesture {
public:
    BoxGesture(const Scene& scene, const Place& press);
    Proposal at(const Place& place) override;

private:
    /// The ground under the box's corners; its sides on the map.
    geo::Ring box(const Place& place) const;
    Selection withVertices(const geo::Ring& box) const;
    Selection withOutlines(const geo::Ring& box) const;

    const Scene& m_scene;
    QPointF m_pressed;
    geo::Point m_from;
};

} // namespace nunatak::ui::tools
