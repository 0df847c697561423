// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/viewport/map_camera.h"

namespace nunatak::ui::viewport {

/// The way of the camera from one view to another: it draws back, travels and closes in, so that what passes
/// by never rushes, however far the goal is. J. J. van Wijk and W. A. A. Nuij, Smooth and Efficient Zooming
/// and Panning, IEEE InfoVis 2003. A plain value.
class CameraFlight {
public:
    CameraFlight(const MapCamera& from, const MapCamera& to);

    const MapCamera& goal() const { return m_to; }
    double seconds() const { return m_seconds; }
    /// Where the camera is so long after the start; the goal itself from seconds() on.
    MapCamera at(double secondsSinceStart) const;
    /// Heights multiplied by `factor`, as when the exaggeration changes on the way.
    void scaleHeights(double factor);

private:
    struct Place {
        double along;  ///< share of the way over the ground
        double height; ///< of the view, metres
    };
    Place placeAt(double share) const;

    MapCamera m_from;
    MapCamera m_to;
    double m_ground = 0; ///< metres over the ground
    double m_path = 0;   ///< length in the paper's sense, s = S
    double m_bend = 0;   ///< the paper's r0
    double m_seconds = 0;
};

} // namespace nunatak::ui::viewport
