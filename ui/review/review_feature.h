// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <memory>

class QDockWidget;

namespace nunatak::ui::editing {
class ToolHost;
} // namespace nunatak::ui::editing

namespace nunatak::ui::layers {
class LayerController;
class LayerPanel;
} // namespace nunatak::ui::layers

namespace nunatak::ui::session {
class Shell;
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::viewport {
class Viewport;
} // namespace nunatak::ui::viewport

namespace nunatak::ui::review {

class DifferenceController;
class PanelController;
class QueueKeeper;
class RegionDrawing;
class ReviewController;

/// Going through a layer, as the window has it: the panel of the queue, keys for the next glacier and the
/// note. Verdicts are commands of the table of tools.
class ReviewFeature : public QObject {
    Q_OBJECT

public:
    /// All of them outlive it. `panel` says which layer is meant while nothing is selected.
    ReviewFeature(session::Shell& shell, session::Workspace& workspace, viewport::Viewport& view,
                  layers::LayerController& layers, const layers::LayerPanel& panel, editing::ToolHost& hand);
    ~ReviewFeature() override;

Q_SIGNALS:
    void startInventoryRequested(const QString& layer);

private:
    void addActions(session::Shell& shell, session::Workspace& workspace, const layers::LayerPanel& panel,
                    QDockWidget* dock);
    void followProject(session::Shell& shell, session::Workspace& workspace, QDockWidget* dock);

    std::unique_ptr<QueueKeeper> m_keeper;
    std::unique_ptr<RegionDrawing> m_region;
    std::unique_ptr<ReviewController> m_controller;
    std::unique_ptr<PanelController> m_panel;
    std::unique_ptr<DifferenceController> m_difference;
};

} // namespace nunatak::ui::review
