// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

namespace nunatak::ui::layers {
class LayerController;
} // namespace nunatak::ui::layers

namespace nunatak::ui::session {
class Shell;
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::compare {

class CompareController;

/// Comparing two layers, as the window has it: a table whose rows fly to their glaciers, and the action that
/// fills it.
class CompareFeature {
public:
    CompareFeature(session::Shell& shell, session::Workspace& workspace, layers::LayerController& layers);
    ~CompareFeature();

private:
    std::unique_ptr<CompareController> m_controller;
};

} // namespace nunatak::ui::compare
