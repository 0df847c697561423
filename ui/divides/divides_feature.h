// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <memory>

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

namespace nunatak::ui::divides {

class DividesController;

/// Ice divides as the window has them: a panel beside the view, which shows them before anything is done.
class DividesFeature : public QObject {
    Q_OBJECT

public:
    /// All of them outlive it. `panel` says which layer is meant where there is no inventory.
    DividesFeature(session::Shell& shell, session::Workspace& workspace, viewport::Viewport& viewport,
                   layers::LayerController& layers, const layers::LayerPanel& panel);
    ~DividesFeature() override;

Q_SIGNALS:
    /// What was done just now, which undo takes back.
    void done(const QString& sentence);
    void startInventoryRequested(const QString& layer);

private:
    std::unique_ptr<DividesController> m_divides;
};

} // namespace nunatak::ui::divides
