// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tools/place.h"
#include "ui/tools/proposal.h"
#include "ui/tools/scene.h"
#include "ui/tools/tool_table.h"

#include <QString>

#include <functional>
#include <optional>

// What draws the hand to lines that are there, so that what is meant to be one line becomes one.
namespace nunatak::ui::tools {

enum class Magnet { Off, Lines };

/// One choice for all tools that have it.
Option magnetOption();
/// What was chosen, where it is this option.
std::optional<Magnet> chosenMagnet(const QString& option, int value);

/// Pixels within which the magnet draws to a vertex, and to a line: nearer than a hand takes hold of them, or
/// nothing could be set beside a line.
constexpr double vertexPull = 8;
constexpr double linePull = 6;

struct Held {
    geo::Point point; ///< of a vertex its coordinates bit by bit, else on the edge but for rounding
    Marks::Spot::Kind kind = Marks::Spot::Kind::HeldVertex;

    Marks::Spot spot() const { return {point, kind}; }
};

/// What a hand does not let itself be drawn to, since it moves with it or would be refused.
struct Unheld {
    outlines::OutlineRef outline; ///< of which this ring is dragged
    int part = 0;
    int ring = 0;
    /// Whether a vertex here, of whichever outline, moves with the hand: nor do the edges that end there.
    std::function<bool(geo::Point)> isMoving;
};

/// The nearest vertex of any outline that is shown, else the nearest place on a line, within the pull around
/// `wanted`. None while Shift is held. Costs the edges within reach, not the outlines.
std::optional<Held> heldAt(geo::Point wanted, const Place& place, const Scene& scene,
                           const Unheld* unheld = nullptr);

} // namespace nunatak::ui::tools
