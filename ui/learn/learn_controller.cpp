// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/learn/learn_controller.h"

#include "base/error.h"
#include "models/learning_record.h"
#include "tasks/learning_memory.h"
#include "tasks/project_model.h"
#include "ui/base/format.h"
#include "ui/learn/model_choice.h"
#include "ui/session/workspace.h"

#include <QCoreApplication>
#include <QEvent>
#include <QLocale>
#include <QPointer>

#include <algorithm>
#include <thread>

namespace nunatak::ui::learn {

using session::JobQueue;
using session::Session;
using session::Workspace;
using Offer = RunView::Offer;

namespace {

/// One core is left to whoever edits meanwhile.
int threadsForLearning() {
    return static_cast<int>(std::max(1U, std::thread::hardware_concurrency() - 1));
}

QString gigabytes(double bytes) {
    return LearnController::tr("%1 GB").arg(QLocale().toString(bytes / 1e9, 'f', bytes < 1e10 ? 1 : 0));
}

} // namespace

LearnController::LearnController(Workspace& workspace, LearningPanel& panel, ModelChoice& choice,
                                 QObject* parent)
    : QObject(parent), m_workspace(workspace), m_panel(panel), m_choice(choice) {
    connect(&m_panel, &LearningPanel::startRequested, this, &LearnController::start);
    connect(&m_panel.run(), &RunView::pauseRequested, this, &LearnController::pause);
    connect(&m_panel.run(), &RunView::cancelRequested, this, &LearnController::cancel);
    connect(&m_panel, &LearningPanel::resumeRequested, this, &LearnController::resume);
    connect(&m_panel, &LearningPanel::discardRequested, this, [this] {
        if (const auto* session = m_workspace.session(); session != nullptr && m_job == nullptr) {
            tasks::trainingFolderOf(session->project()).remove();
            m_panel.setInterrupted(std::nullopt);
        }
    });
    connect(&m_panel.run(), &RunView::useRequested, this, [this] {
        if (m_made && m_choice.choose(*m_made)) {
            end(tr("The project uses %1 from now on.").arg(text(models::titleOf(*m_made))),
                Offer::PredictAgain);
        }
    });
    connect(&m_workspace, &Workspace::sessionStarted, this, [this] {
        connect(m_workspace.session(), &Session::layersChanged, this, &LearnController::refreshLayers);
        connect(m_workspace.session(), &Session::outlinesChanged, this, &LearnController::propose);
        refreshLayers();
        lookForInterrupted(true);
    });
    connect(&m_workspace, &Workspace::sessionEnded, this, [this] {
        m_panel.setLayers({});
        m_panel.setInterrupted(std::nullopt);
    });
    connect(&m_workspace, &Workspace::currentModelChanged, this, &LearnController::describeModel);
    connect(&m_panel, &LearningPanel::layerChosen, this, &LearnController::propose);
}

LearnController::~LearnController() = default;

void LearnController::refreshLayers() {
    if (const auto* session = m_workspace.session(); session != nullptr) {
        m_panel.setLayers(
            session->layersOf({outlines::LayerKind::Inventory, outlines::LayerKind::Expert}),
            [session](const QString& name) { return session->titleOf(name); }, session->inventoryOr({}));
    }
    describeModel();
    propose();
}

void LearnController::describeModel() {
    const auto model = m_workspace.currentModel();
    if (!model) {
        m_panel.setModel({});
        return;
    }
    const double needed = tasks::memoryToLearn(model->manifest, training::TrainingOptions().batch);
    const double free = tasks::freeMemory();
    auto memory = tr("Needs about %1 of memory").arg(gigabytes(needed));
    memory += free > 0 ? tr("; %1 are free.").arg(gigabytes(free)) : QStringLiteral(".");
    if (free > 0 && needed > free) {
        memory += tr(" It will learn from fewer tiles at a time, which is slower.");
    }
    m_panel.setModel(text(models::titleOf(*model)), memory);
}

void LearnController::propose() {
    const auto* session = m_workspace.session();
    const auto layer = m_panel.request().layer.toStdString();
    if (session != nullptr && session->project().hasLayer(layer)) {
        const auto& project = session->project();
        const bool isInventory = project.layer(layer).kind == outlines::LayerKind::Inventory;
        const auto& count = project.reviewCount(layer);
        m_panel.setProposal(
            text(tasks::proposedTitle(project, isInventory ? count.accepted : count.outlines)));
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
            if (task.scene == nullptr) {
                throw Error("The scene of these outlines is not in the project any more; add it again.");
            }
            task.sceneId = task.scene->scene().id;
            task.folder = tasks::trainingFolderOf(session->project()).path();
        })) {
        return;
    }
    task.parent = *model;
    task.name = models::nameFromTitle(request.title.toStdString());
    task.corrections.complete = request.complete;
    task.options.title = request.title.toStdString();
    task.options.steps = request.steps;
    task.options.rate = request.rate;
    run(std::move(task));
}

void LearnController::run(tasks::LearningTask task) {
    m_made.reset();
    m_hasSteps = false;
    m_discards = false;
    m_folder = tasks::TrainingFolder(task.folder);
    m_watch = task.watch = watch();
    task.device.threads = threadsForLearning();
    const auto title = task.options.title.empty() ? task.name : task.options.title;
    const auto name = tr("Fine-tune: %1").arg(text(title));
    m_panel.setInterrupted(std::nullopt);
    m_panel.run().begin(name, task.options.steps);
    m_job = m_workspace.jobs().start<tasks::Learnt>(
        name, jobs::Lane::Network,
        [task = std::move(task), paths = m_workspace.paths()](const Progress& progress) {
            return tasks::learn(task, paths, progress);
        },
        {.succeeded = [this](tasks::Learnt& result) { succeed(result); },
         .failed =
             [this](const QString& sentence) {
                 endInterrupted(sentence);
                 Q_EMIT m_workspace.problem(tr("Fine-tune"), sentence);
             },
         .cancelled =
             [this] {
                 if (m_discards) {
                     m_folder.remove();
                     end(tr("Stopped; no model was made."));
                 } else {
                     endInterrupted(tr("It waits, and can go on whenever you like."));
                 }
             }});
}

void LearnController::succeed(const tasks::Learnt& result) {
    const auto title = text(models::titleOf(result.model));
    const bool helps = training::helps(result.training.measured);
    const auto before = m_workspace.currentModel();
    auto sentence = tr("%1 is made.").arg(title);
    if (result.training.measured) {
        sentence += QLatin1Char(' ') + text(training::sentenceOf(*result.training.measured));
    }
    if (helps) {
        sentence += QLatin1Char(' ') + tr("The project uses it now.");
    } else {
        sentence += QLatin1Char(' ') +
                    (before ? tr("The project goes on with %1.").arg(text(models::titleOf(*before)))
                            : tr("The project does not use it."));
    }
    for (const auto& note : result.training.notes) {
        sentence += QLatin1Char(' ') + text(note);
    }
    m_made = result.model;
    end(sentence, helps ? Offer::PredictAgain : Offer::UseIt);
    if (helps && m_workspace.session() != nullptr && !m_workspace.session()->project().isReadOnly()) {
        m_workspace.attempt(tr("Choose a model"),
                            [&] { tasks::chooseModel(m_workspace.session()->project(), result.model); });
    }
    m_workspace.refreshModels(helps ? text(result.model.manifest.name) : QString());
    Q_EMIT learnt(sentence);
}

void LearnController::resume() {
    const QPointer<Session> session = m_workspace.session();
    if (session == nullptr || m_job != nullptr) {
        return;
    }
    std::optional<tasks::LearningTask> task;
    // What it learns from is read whole before; a few thousand outlines at the most.
    if (m_workspace.attempt(tr("Go on with the training"), [&] {
            task = tasks::interruptedLearning(session->project(), m_workspace.registry(), session->readers());
        })) {
        if (task) {
            run(std::move(*task));
        } else {
            m_panel.setInterrupted(std::nullopt);
        }
    }
}

void LearnController::pause() {
    if (m_job == nullptr) {
        return;
    }
    m_panel.run().setPausing();
    m_watch->pauseAsked = true;
    if (!m_hasSteps) { // nothing was learnt that could be kept
        m_job->cancel();
    }
}

void LearnController::cancel() {
    if (m_job != nullptr) {
        m_discards = true;
        m_job->cancel();
    }
}

void LearnController::endInterrupted(const QString& sentence) {
    end(sentence);
    lookForInterrupted(false);
}

void LearnController::end(const QString& sentence, Offer offer) {
    // What it told last may still be on its way.
    QCoreApplication::sendPostedEvents(this, QEvent::MetaCall);
    m_job.reset();
    m_watch.reset();
    m_panel.run().end(sentence, offer);
}

void LearnController::lookForInterrupted(bool tells) {
    const QPointer<Session> session = m_workspace.session();
    if (session == nullptr || session->project().isReadOnly()) {
        return;
    }
    using Found = std::optional<LearningPanel::Interrupted>;
    m_workspace.jobs().start<Found>(
        tr("Look for an interrupted training"), jobs::Lane::Aside,
        [folder = tasks::trainingFolderOf(session->project())](const Progress&) -> Found {
            try {
                const auto run = folder.interrupted();
                return run ? Found({text(run->options.title), run->step, run->options.steps, {}}) : Found();
            } catch (const Error& error) {
                return LearningPanel::Interrupted{{}, 0, 0, QString::fromUtf8(error.what())};
            }
        },
        {.succeeded =
             [this, session, tells](Found& found) {
                 if (session == nullptr || session != m_workspace.session() || m_job != nullptr) {
                     return;
                 }
                 m_panel.setInterrupted(found);
                 if (found && tells) {
                     Q_EMIT interruptedFound(
                         tr("A training of this project was interrupted; it can go on (F7)."));
                 }
             },
         .failed = [](const QString&) {},
         .cancelled = {}},
        JobQueue::Shown::Silently);
}

} // namespace nunatak::ui::learn
