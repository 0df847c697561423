// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

namespace nunatak::ui::layers {
class LayerController;
class LayerPanel;
} // namespace nunatak::ui::layers

namespace nunatak::ui::session {
class Shell;
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::review {

class ReviewController;

/// Going through a layer, as the window has it: a key for the next glacier. Verdicts are commands of the
/// table of tools.
class ReviewFeature {
public:
    /// `panel` says which layer is meant while nothing is selected.
    ReviewFeature(session::Shell& shell, session::Workspace& workspace, layers::LayerController& layers,
                  const layers::LayerPanel& panel);
    ~ReviewFeature();

private:
    std::unique_ptr<ReviewController> m_controller;
};

} // namespace nunatak::ui::review
