// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/learn_controller.h"

#include "geo/shape_operations.h"
#include "models/module_loader.h"
#include "panels/format.h"
#include "panels/learning_panel.h"
#include "training/training.h"
#include "window/workspace.h"

#include <QLocale>
#include <QPointer>

namespace nunatak::ui {

namespace {

/// Metres around a corrected glacier that the expert has looked at too.
constexpr double lookedAtDistance = 300;

/// What goes into the job: outlines are shared immutable values, so this is cheap to make on the UI thread.
struct Material {
    std::shared_ptr<const scene::SceneReader> scene;
    geo::Crs crs;
    outlines::LayerKind kind = outlines::LayerKind::Corrected;
    std::vector<outlines::OutlineSet::Handle> glaciers;
    std::vector<outlines::OutlineSet::Handle> others; ///< of other layers: not looked at
};

training::TrainingArea areaOf(const Material& material) {
    training::TrainingArea area;
    area.scene = material.scene;
    area.crs = material.crs;
    geo::Extent corrected;
    for (const auto& outline : material.glaciers) {
        area.glaciers.push_back(outline->geometry);
        corrected.include(geo::extentOf(outline->geometry));
    }
    if (material.kind != outlines::LayerKind::Corrected) {
        return area; // an expert's or a model's layer says something about the whole scene
    }
    // A neighbour that nobody corrected may be right or wrong: neither glacier nor background is learnt
    // there.
    std::vector<geo::MultiPolygon> unknown;
    const auto reach = corrected.grown(lookedAtDistance);
    for (const auto& outline : material.others) {
        if (reach.intersects(geo::extentOf(outline->geometry))) {
            unknown.push_back(outline->geometry);
        }
    }
    auto looked = training::lookedAtAround(area.glaciers, lookedAtDistance);
    if (!unknown.empty()) {
        const auto sure = geo::unionOf(area.glaciers);
        looked = geo::unionOf(geo::difference(looked, geo::unionOf(unknown)), sure);
    }
    area.lookedAt = std::move(looked);
    return area;
}

Material collect(const Session& session, const QString& layer) {
    Material material;
    material.scene = session.scene();
    material.crs = session.crs();
    material.kind = session.project().layer(layer.toStdString()).kind;
    material.glaciers = session.outlines(layer);
    const auto& corrected = session.project().outlines(layer.toStdString());
    for (const auto& other : session.project().layers()) {
        if (other.name == layer.toStdString()) {
            continue;
        }
        for (const auto& outline : session.project().outlines(other.name).all()) {
            if (corrected.find(outline->uuid) == nullptr) {
                material.others.push_back(outline);
            }
        }
    }
    return material;
}

} // namespace

LearnController::LearnController(Workspace& workspace, LearningPanel& panel, QObject* parent)
    : QObject(parent), m_workspace(workspace), m_panel(panel) {
    connect(&m_panel, &LearningPanel::startRequested, this, &LearnController::start);
    connect(&m_panel, &LearningPanel::cancelRequested, this, [this] {
        if (m_job != nullptr) {
            m_job->cancel();
        }
    });
    connect(&m_workspace, &Workspace::sessionStarted, this, &LearnController::refreshLayers);
    connect(&m_workspace, &Workspace::sessionEnded, this, [this] { m_panel.setLayers({}); });
    connect(&m_workspace, &Workspace::currentModelChanged, this, [this] {
        const auto model = m_workspace.currentModel();
        m_panel.setModel(model ? text(model->manifest.name) : QString());
    });
}

void LearnController::refreshLayers() {
    if (const auto* session = m_workspace.session(); session != nullptr) {
        m_panel.setLayers(session->layersOf({outlines::LayerKind::Corrected, outlines::LayerKind::Expert}));
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
            what, tr("Fine-tuning needs a scene, a model to start from and corrected or expert "
                     "outlines. Drag a vertex of a predicted glacier, or import outlines."));
        return;
    }
    Material material;
    if (!m_workspace.attempt(what, [&] { material = collect(*session, request.layer); })) {
        return;
    }
    training::TrainingOptions options;
    options.steps = request.steps;
    options.rate = request.rate;
    const QPointer<LearnController> self(this);
    options.onStep = [self](int step, double loss) {
        // From the training thread; the job ends before this object does, so `self` can still be asked.
        QMetaObject::invokeMethod(
            self.data(), [self, step, loss] { self->m_panel.addLoss(step, loss); }, Qt::QueuedConnection);
    };
    m_panel.begin(request.steps);
    m_job = m_workspace.jobs().start<training::FinetuneResult>(
        tr("Fine-tune %1").arg(text(model->manifest.name)), jobs::Lane::Network,
        [module = m_workspace.paths().modelsModule, registry = m_workspace.registry(), parent = *model,
         material, options, name = request.name.toStdString()](const Progress& progress) {
            progress.report(0, "loading the network");
            return training::finetune(parent, models::loadModule(module), registry, name, {areaOf(material)},
                                      options, models::DeviceOptions{}, progress);
        },
        {.succeeded =
             [this](training::FinetuneResult& result) {
                 const auto iou = [](double value) { return QLocale().toString(value, 'f', 3); };
                 const auto name = text(result.model.manifest.name);
                 const auto sentence =
                     tr("%1, version %2: IoU %3 before, %4 after. Predict uses it now.")
                         .arg(name)
                         .arg(result.model.manifest.version)
                         .arg(iou(result.training.iouBefore), iou(result.training.iouAfter));
                 end(sentence);
                 m_workspace.refreshModels(name);
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

} // namespace nunatak::ui
