// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <memory>

namespace nunatak::ui::layers {
class LayerController;
} // namespace nunatak::ui::layers

namespace nunatak::ui::session {
class Shell;
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::team {

class JoinController;
class SplitController;

/// Several experts on one inventory, as the window has it: it is shared out, and what they did comes in.
class TeamFeature : public QObject {
    Q_OBJECT

public:
    TeamFeature(session::Shell& shell, session::Workspace& workspace, layers::LayerController& layers);
    ~TeamFeature() override;

Q_SIGNALS:
    /// What was done just now, which undo takes back.
    void done(const QString& sentence);

private:
    std::unique_ptr<JoinController> m_joining;
    std::unique_ptr<SplitController> m_splitting;
};

} // namespace nunatak::ui::team
