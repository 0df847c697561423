// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <functional>
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

namespace nunatak::ui::checks {

class ChecksController;
class FindingsOnMap;
class SnapController;

/// What is wrong with outlines, and what puts it right, as the window has it: the panel that lists it, and
/// the dialog that brings lines together.
class ChecksFeature : public QObject {
    Q_OBJECT

public:
    /// All of them outlive it. `panel` says which layer is meant where there is no inventory.
    ChecksFeature(session::Shell& shell, session::Workspace& workspace, viewport::Viewport& view,
                  layers::LayerController& layers, const layers::LayerPanel& panel);
    ~ChecksFeature() override;

Q_SIGNALS:
    /// What was done just now, which undo takes back.
    void done(const QString& sentence);
    /// What can be done, with a button.
    void offered(const QString& sentence, const QString& button, const std::function<void()>& action);
    void startInventoryRequested(const QString& layer);

private:
    std::unique_ptr<ChecksController> m_checks;
    std::unique_ptr<FindingsOnMap> m_map;
    std::unique_ptr<SnapController> m_together;
};

} // namespace nunatak::ui::checks
