// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

namespace nunatak::ui::layers {
class LayerController;
} // namespace nunatak::ui::layers

namespace nunatak::ui::marginalia {
class ViewOverlay;
} // namespace nunatak::ui::marginalia

namespace nunatak::ui::session {
class Shell;
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::viewport {
class Viewport;
} // namespace nunatak::ui::viewport

namespace nunatak::ui::pictures {

class PictureController;

/// Pictures of the view, as the window has them: saved as a figure, or copied.
class PictureFeature {
public:
    PictureFeature(session::Shell& shell, session::Workspace& workspace, viewport::Viewport& viewport,
                   const marginalia::ViewOverlay& overlay, const layers::LayerController& layers);
    ~PictureFeature();

private:
    std::unique_ptr<PictureController> m_controller;
};

} // namespace nunatak::ui::pictures
