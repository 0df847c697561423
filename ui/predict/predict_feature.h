// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>

namespace nunatak::ui::layers {
class InspectorPanel;
class LayerController;
} // namespace nunatak::ui::layers

namespace nunatak::ui::session {
class Shell;
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::viewport {
class Viewport;
} // namespace nunatak::ui::viewport

namespace nunatak::ui::predict {

class ConfidenceController;
class PredictController;

/// Predicting, as the window has it: at once or with options, and how sure the model is.
class PredictFeature {
public:
    PredictFeature(session::Shell& shell, session::Workspace& workspace, viewport::Viewport& viewport,
                   layers::LayerController& layers, layers::InspectorPanel& inspector);
    ~PredictFeature();

    /// Told when a prediction begins, whose tiles are drawn over the picture, and when it ends.
    void whenRunning(std::function<void(bool runs)> tell);

private:
    std::unique_ptr<PredictController> m_prediction;
    std::unique_ptr<ConfidenceController> m_confidence;
};

} // namespace nunatak::ui::predict
