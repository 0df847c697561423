// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

namespace nunatak::ui::layers {
class LayerPanel;
} // namespace nunatak::ui::layers

namespace nunatak::ui::session {
class Shell;
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::exchange {

class ExchangeController;
class ModelImportController;

/// What comes from files and goes into them, as the window has it: outlines both ways, a model's weights.
class ExchangeFeature {
public:
    /// `panel` says which layer is offered first.
    ExchangeFeature(session::Shell& shell, session::Workspace& workspace, const layers::LayerPanel& panel);
    ~ExchangeFeature();

private:
    std::unique_ptr<ExchangeController> m_outlines;
    std::unique_ptr<ModelImportController> m_models;
};

} // namespace nunatak::ui::exchange
