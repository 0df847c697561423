// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tools/magnet.h"
#include "ui/tools/place.h"
#include "ui/tools/scene.h"
#include "ui/tools/tool_table.h"

#include <QString>

#include <memory>
#include <optional>

namespace nunatak::wire {
class LiveWire;
} // namespace nunatak::wire

// Live-wire: from click to click a line follows an edge of what is shown.
namespace nunatak::ui::tools {

/// What a line follows from click to click: nothing, the picture's edge, where the model is half sure. One
/// choice for all tools that draw lines.
Option followingOption();

class EdgeFollower {
public:
    EdgeFollower();
    ~EdgeFollower();

    /// Takes what was chosen, where it is this option.
    void choose(const QString& option, int value);
    bool isOn() const { return m_along.has_value(); }

    struct Stretch {
        geo::Ring points;      ///< the last is the place; of a straight one there is no other
        QString hint;          ///< why it is straight, or what else can be done; empty: it is off
        bool isComing = false; ///< it follows farther in a moment
    };
    /// From the end of a line to a place; while Shift is held straight. `isSet`: waits until it is whole.
    Stretch along(geo::Point from, const Place& place, const Scene& scene, bool isSet) const;
    /// What closes a ring along edges, from the end of its line to its beginning, without both. None while
    /// it is off, where there is nothing to follow, it is not known yet, or it would come back to the line:
    /// the ring closes straight then. `isSet`: waits for it.
    geo::Ring closing(const geo::Ring& line, const Scene& scene, double metresPerPixel, bool isSet) const;
    /// An edge near enough to be meant. None while it is off or Shift is held.
    std::optional<Held> edgeAt(const Place& place, const Scene& scene) const;
    void forget();

private:
    std::optional<wire::Along> m_along;
    mutable std::unique_ptr<wire::LiveWire> m_wire;    ///< from the last click
    mutable std::unique_ptr<wire::LiveWire> m_closing; ///< from where a ring began
};

} // namespace nunatak::ui::tools
