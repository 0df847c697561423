// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editing/project_scene.h"
#include "ui/editing/tool_host.h"

#include <QObject>

#include <functional>
#include <map>
#include <string>

namespace nunatak::ui::layers {
class LayerController;
} // namespace nunatak::ui::layers

namespace nunatak::ui::session {
class HistoryController;
} // namespace nunatak::ui::session

namespace nunatak::ui::editing {

/// Editing of the open project: joins the host of the tools with project, selection and history.
class EditingController : public QObject {
    Q_OBJECT

public:
    /// All of them outlive it.
    EditingController(session::Workspace& workspace, viewport::Viewport& view,
                      layers::LayerController& layers, session::HistoryController& steps);

    ToolHost& tools() { return m_tools; }

Q_SIGNALS:
    /// Why what is selected cannot be changed.
    void hint(const QString& reason);
    /// A reference was taken hold of.
    void referenceTaken(const outlines::OutlineRef& reference);
    /// An edit was refused since the picture is too far from the time of this outline's inventory.
    void outsideEpoch(const QString& sentence, const outlines::OutlineRef& outline);
    /// An edit gave a glacier another date, that of the picture.
    void redated(const QString& sentence);

private:
    bool commit(const nunatak::editing::Edit& edit);
    /// The id of the scene that is drawn where the hand is: of two that are compared one of them.
    const std::string& pictureUnderHand() const;
    void tellDates(const nunatak::editing::Edit& edit, const std::string& picture);
    void select(const tools::Selection& selection);
    void follow();
    HeldAgainst heldAgainst(const outlines::OutlineRef& glacier) const;
    void workInBackground(const tools::Work& work, std::function<void(tools::Proposal)> then);

    session::Workspace& m_workspace;
    const viewport::Viewport& m_view;
    ProjectScene m_scene;
    ToolHost m_tools;
    std::map<std::string, outlines::OutlineSet> m_atOpening; ///< layers that are edited, as they were then
};

} // namespace nunatak::ui::editing
