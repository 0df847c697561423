// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/grid.h"

namespace nunatak::ui::viewport {

class Viewport;

/// Holds a view in states that it does not stay in, and shows what nobody wants to see: for those who check
/// its drawing, and nobody else.
class ViewportProbe {
public:
    explicit ViewportProbe(Viewport& viewport) : m_viewport(viewport) {}

    /// Draws, in place of the picture, where on the map each pixel is (see terrain.frag).
    void showCoordinates(const geo::Extent& extent);
    /// Tiles are painted by OpenGL, or by the processor. What is not told is chosen: OpenGL, unless it is
    /// software.
    void paintByShader(bool paints);
    /// Every tile stays as far on its way to its parent as this, 0..1; negative: as it is.
    void holdMorph(double morph);

private:
    Viewport& m_viewport;
};

} // namespace nunatak::ui::viewport
