// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "comparison/comparison.h"
#include "jobs/job.h"
#include "project/project.h"
#include "ui/layers/hover_controller.h"
#include "ui/layers/layer_stack.h"
#include "ui/session/view_state.h"
#include "ui/terrain/terrain.h"
#include "ui/tools/edit_vertex_tool.h"
#include "ui/viewport/viewport.h"

#include <QObject>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>

namespace nunatak::ui::layers {
class InspectorPanel;
} // namespace nunatak::ui::layers

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::ground {

/// The view of the open project: its terrain, camera, layers, the selected glacier and edits of it.
class SceneController : public QObject {
    Q_OBJECT

public:
    SceneController(session::Workspace& workspace, viewport::Viewport& viewport, layers::LayerPanel& layers,
                    layers::InspectorPanel& inspector, QObject* parent);
    ~SceneController() override;

    void select(const std::optional<outlines::OutlineRef>& selection);
    const std::optional<outlines::OutlineRef>& selection() const { return m_selection; }

    /// Looks at another scene of the project from now on.
    void showScene(const std::string& id);
    void zoomToScene();
    void zoomToSelection();
    void zoomToLayer(const QString& layer);
    void flyTo(const comparison::GlacierRow& row);
    void setExaggeration(double factor);
    QStringList composites() const;
    QString composite() const;
    void setComposite(const QString& name);
    /// How the ground is painted; what the scene has no bands for is replaced.
    const terrain::DrapeStyle& drape() const { return m_view.drape; }
    void setDrape(const terrain::DrapeStyle& style);
    /// What lies over the picture is kept with the view; the OverlayController reads and shows it.
    QString overlay() const { return m_view.overlay; }
    void setOverlay(const QString& id) { m_view.overlay = id; }
    QStringList overlayFiles() const { return m_view.overlayFiles; }
    void setOverlayFiles(const QStringList& files) { m_view.overlayFiles = files; }
    /// Looks at another scene of the project.
    void setScene(const std::string& id);
    /// Selects the glacier that comes so many after (negative: before) the selected one, by area from the
    /// largest, in its layer or else in `layer`, and flies there.
    void stepGlacier(int step, const QString& layer);
    /// As they are shown, topmost first.
    const std::vector<session::ViewState::Layer>& layers() const { return m_stack.layers(); }
    void showLayer(const QString& layer) { m_stack.setVisible(layer, true); }
    /// See LayerStack.
    std::vector<figure::LineSample> reviews() const { return m_stack.reviews(); }

    void undo();
    void redo();

Q_SIGNALS:
    void selectionChanged();
    void compositesChanged();
    /// The ground is painted in another way, or has other choices.
    void drapeChanged();
    void exaggerationChanged(double factor);
    /// Undo and redo may have other texts now.
    void historyChanged();
    void terrainShown();
    /// Which outlines are shown and how, or what was reviewed of them.
    void layersChanged();
    /// Another scene is looked at, or the view was restored.
    void sceneChanged();
    /// Why a dragged vertex does not follow; empty when it does again.
    void hint(const QString& reason);

private:
    void begin();
    void store();
    void end();
    void loadTerrain();
    void onOutlinesChanged(const QStringList& layers);
    void edit(const QString& layer, const std::string& uuid, const geo::MultiPolygon& geometry);
    void refreshInspector();
    /// One step back or forth in the history; what has to be read first is read on a worker.
    void step(const QString& what, bool isAtHand,
              std::function<project::StepBack()> (project::Project::*plan)() const);

    session::Workspace& m_workspace;
    viewport::Viewport& m_viewport;
    layers::InspectorPanel& m_inspector;
    layers::LayerStack m_stack;
    layers::HoverController m_hover;
    tools::EditVertexTool m_tool;
    session::ViewState m_view;
    std::optional<outlines::OutlineRef> m_selection;
    std::shared_ptr<jobs::Job> m_terrainJob;
    bool m_isStepping = false; ///< a step of the history is being read
    bool m_framed = false;     ///< the stored camera is in place, so it is worth storing again
};

} // namespace nunatak::ui::ground
