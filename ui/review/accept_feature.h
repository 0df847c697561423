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

namespace nunatak::ui::review {

class AcceptController;

/// Accepting all that a model is sure of, as the window has it: an action and its dialog.
class AcceptFeature : public QObject {
    Q_OBJECT

public:
    /// All of them outlive it. `panel` says which layer is meant where there is no inventory.
    AcceptFeature(session::Shell& shell, session::Workspace& workspace, layers::LayerController& layers,
                  const layers::LayerPanel& panel);
    ~AcceptFeature() override;

Q_SIGNALS:
    /// What was done just now, which undo takes back.
    void done(const QString& sentence);

private:
    std::unique_ptr<AcceptController> m_controller;
};

} // namespace nunatak::ui::review
