// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/learn/learn_controller.h"

#include "tasks/learning_task.h"
#include "ui/base/format.h"
#include "ui/learn/learning_panel.h"
#include "ui/session/workspace.h"

#include <QPointer>

namespace nunatak::ui::learn {

using session::Session;
using session::Workspace;

LearnController::LearnController(Workspace& workspace, LearningPanel& panel, QObject* parent)
    : QObject(parent), m_workspace(workspace), m_panel(panel) {
    connect(&m_panel, &LearningPanel::startRequested, this, &LearnController::start);
    connect(&m_panel, &LearningPanel::cancelRequested, this, [this] {
        if (m_job != nullptr) {
            m_job->cancel();
        }
    });
    connect(&m_workspace, &Workspace::sessionStarted, this, [this] {
        connect(m_workspace.session(), &Session::layersChanged, this, &LearnController::refreshLayers);
        refreshLayers();
    });
    connect(&m_workspace, &Workspace::sessionEnded, this, [this] { m_panel.setLayers({}); });
    connect(&m_workspace, &Workspace::currentModelChanged, this, [this] {
        const auto model = m_workspace.currentModel();
        m_panel.setModel(model ? text(model->manifest.name) : QString());
    });
}

void LearnController::refreshLayers() {
    if (const auto* session = m_workspace.session(); session != nullptr) {
        m_panel.setLayers(
            session->layersOf({outlines::LayerKind::Inventory, outlines::LayerKind::Expert}),
            [session](const QString& name) { return session->titleOf(name); }, session->inventoryOr({}));
    }
}

void LearnController::start() {
    const auto what = tr("Fine-tune");
    auto* session = m_workspace.session();
    const auto request = m_panel.request();
    const auto model = m_workspace.currentModel();
    if (session == nullptr || m_job != nullptr) {
        return;
    }
    if (session->scene() == nullptr || !model || request.layer.isEmpty()) {
        Q_EMIT m_workspace.problem(
            what, tr("Fine-tuning needs a scene, a model to start from and an inventory or expert "
                     "outlines. Drag a vertex of a predicted glacier, or import outlines."));
        return;
    }
    tasks::LearningTask task;
    if (!m_workspace.attempt(what, [&] {
            task = tasks::learningFrom(session->project(), request.layer.toStdString());
            task.scene = session->sceneOf(request.layer);
        })) {
        return;
    }
    task.parent = *model;
    task.name = request.name.toStdString();
    task.options.steps = request.steps;
    task.options.rate = request.rate;
    const QPointer<LearnController> self(this);
    task.options.onStep = [self](int step, double loss) {
        // From the training thread; the job ends before this object does, so `self` can still be asked.
        QMetaObject::invokeMethod(
            self.data(), [self, step, loss] { self->m_panel.addLoss(step, loss); }, Qt::QueuedConnection);
    };
    m_panel.begin(request.steps);
    m_job = m_workspace.jobs().start<tasks::Learnt>(
        tr("Fine-tune %1").arg(text(model->manifest.name)), jobs::Lane::Network,
        [task = std::move(task), paths = m_workspace.paths()](const Progress& progress) {
            return tasks::learn(task, paths, progress);
        },
        {.succeeded =
             [this, before = text(model->manifest.name)](tasks::Learnt& result) {
                 const auto name = text(result.model.manifest.name);
                 const bool helps = training::helps(result.training.measured);
                 auto sentence = tr("%1, version %2:").arg(name).arg(result.model.manifest.version);
                 if (result.training.measured) {
                     sentence += QLatin1Char(' ') + text(training::sentenceOf(*result.training.measured));
                 }
                 sentence +=
                     QLatin1Char(' ') +
                     (helps ? tr("Predict uses it now.")
                      : name == before
                          ? tr("Predict uses it all the same: it goes by the name of the one before it.")
                          : tr("Predict goes on with %1; choose the new one in the toolbar to use it all "
                               "the same.")
                                .arg(before));
                 for (const auto& note : result.training.notes) {
                     sentence += QLatin1Char(' ') + text(note);
                 }
                 end(sentence);
                 m_workspace.refreshModels(helps ? name : before);
                 Q_EMIT learnt(sentence);
             },
         .failed =
             [this, what](const QString& sentence) {
                 end(sentence);
                 Q_EMIT m_workspace.problem(what, sentence);
             },
         .cancelled = [this] { end(tr("Stopped; no model was made.")); }});
}

void LearnController::end(const QString& sentence) {
    m_job.reset();
    m_panel.end(sentence);
}

} // namespace nunatak::ui::learn
