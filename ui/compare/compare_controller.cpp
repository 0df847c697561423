// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/compare_controller.h"

#include "tasks/comparison_task.h"
#include "ui/base/format.h"
#include "ui/compare/comparison_panel.h"
#include "ui/session/workspace.h"

#include <QPointer>

namespace nunatak::ui::compare {

using session::Session;
using session::Workspace;

CompareController::CompareController(Workspace& workspace, ComparisonPanel& panel, QObject* parent)
    : QObject(parent), m_workspace(workspace), m_panel(panel) {
    connect(&m_panel, &ComparisonPanel::compareRequested, this, &CompareController::compare);
    connect(&m_workspace, &Workspace::sessionStarted, this, [this] {
        connect(m_workspace.session(), &Session::layersChanged, this, &CompareController::refreshLayers);
        m_panel.clear();
        refreshLayers();
    });
    connect(&m_workspace, &Workspace::sessionEnded, this, [this] {
        m_panel.clear();
        m_panel.setLayers({}, {});
    });
}

void CompareController::refreshLayers() {
    if (const auto* session = m_workspace.session(); session != nullptr) {
        using Kind = outlines::LayerKind;
        // A second expert may be judged by the first; a single one has nobody to be compared with.
        auto judged = session->layersOf({Kind::Inventory, Kind::Predicted});
        if (const auto experts = session->layersOf({Kind::Expert}); experts.size() > 1) {
            judged << experts.mid(1) << experts.first();
        }
        m_panel.setLayers(judged, session->layersOf({Kind::Expert, Kind::Inventory}),
                          [session](const QString& name) { return session->titleOf(name); });
    }
}

void CompareController::compare() {
    const QPointer<Session> session = m_workspace.session();
    if (session == nullptr || m_running) {
        return;
    }
    const auto model = m_panel.modelLayer();
    const auto expert = m_panel.expertLayer();
    if (model.isEmpty() || expert.isEmpty() || session->scene() == nullptr) {
        Q_EMIT m_workspace.problem(tr("Compare"),
                                   tr("Comparing needs a scene, an inventory or a predicted layer and an "
                                      "expert layer. Predict first, and import the expert's outlines."));
        return;
    }
    tasks::ComparisonTask task;
    std::shared_ptr<const scene::SceneReader> scene; // the one the model looked at decides which pixels count
    if (!m_workspace.attempt(tr("Compare"), [&] {
            task = tasks::comparisonOf(session->project(), model.toStdString(), expert.toStdString());
            scene = session->sceneOf(model);
        })) {
        return;
    }
    setRunning(true);
    m_workspace.jobs().start<comparison::Comparison>(
        tr("Compare %1 with %2").arg(model, expert), jobs::Lane::Background,
        [task, scene](const Progress& progress) { return tasks::compare(task, *scene, progress); },
        {.succeeded =
             [this, session](comparison::Comparison& result) {
                 setRunning(false);
                 if (session != nullptr) {
                     m_panel.setResult(result);
                 }
             },
         .failed =
             [this](const QString& sentence) {
                 setRunning(false);
                 Q_EMIT m_workspace.problem(tr("Compare"), sentence);
             },
         .cancelled = [this] { setRunning(false); }});
}

void CompareController::setRunning(bool running) {
    m_running = running;
    m_panel.setBusy(running);
}

} // namespace nunatak::ui::compare
