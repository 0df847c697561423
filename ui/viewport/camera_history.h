// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/viewport/map_camera.h"

#include <deque>
#include <optional>

namespace nunatak::ui::viewport {

/// The views that were left, for a way back to them. A flight or a jump leaves one; what a hand does in one
/// go (turns of the wheel, drags, arrows) leaves the one it began at, and where it went only a little way, or
/// came back, nothing is kept twice. A plain value; heights are exaggerated as drawn.
class CameraHistory {
public:
    /// The camera goes elsewhere from here, by a flight or a jump.
    void leave(const MapCamera& from);
    /// A hand moves it from here; `seconds` of any clock that runs.
    void drift(const MapCamera& from, double seconds);
    /// The last one that shows something else than `now`, which is forgotten; none: there is none.
    std::optional<MapCamera> back(const MapCamera& now);
    void clear();
    void scaleHeights(double factor);

private:
    std::deque<MapCamera> m_left; // the last one last
    std::optional<double> m_lastDrift;
};

} // namespace nunatak::ui::viewport
