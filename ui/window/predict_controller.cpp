// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/predict_controller.h"

#include "models/module_loader.h"
#include "panels/format.h"
#include "prediction/precision_check.h"
#include "prediction/predict_scene.h"
#include "viewport/viewport.h"
#include "window/preview_feed.h"
#include "window/workspace.h"

#include <QPointer>
#include <QStringList>

namespace nunatak::ui {

PredictController::PredictController(Workspace& workspace, Viewport& viewport, QObject* parent)
    : QObject(parent), m_workspace(workspace), m_viewport(viewport) {}

void PredictController::predict() {
    const auto what = tr("Predict");
    const QPointer<Session> session = m_workspace.session();
    if (session == nullptr || isRunning()) {
        return;
    }
    if (session->project().isReadOnly()) { // told before the work rather than after it
        Q_EMIT m_workspace.problem(what, session->readOnlySentence());
        return;
    }
    if (session->scene() == nullptr) {
        Q_EMIT m_workspace.problem(what,
                                   tr("This project has no scene to predict. Make one from a scene file."));
        return;
    }
    const auto model = m_workspace.currentModel();
    if (!model) {
        Q_EMIT m_workspace.problem(
            what, tr("There is no model to predict with. The program's own lie in %1, yours in %2.")
                      .arg(text(m_workspace.paths().installedModels.string()),
                           text(m_workspace.paths().userModels.string())));
        return;
    }
    if (const auto missing = prediction::missingBands(*session->scene(), model->manifest); !missing.empty()) {
        QStringList names;
        for (const auto& band : missing) {
            names << text(band);
        }
        Q_EMIT m_workspace.problem(what,
                                   tr("The model %1 needs bands that this scene has not: %2. Choose another "
                                      "model, or make a project "
                                      "from a scene that has them.")
                                       .arg(text(model->manifest.name), names.join(QStringLiteral(", "))));
        return;
    }

    // The feed lives until the last of the job's threads has let go of it, and is deleted on this thread.
    const std::shared_ptr<PreviewFeed> feed(
        std::make_unique<PreviewFeed>(session->crs(),
                                      [this, session](const PreviewFeed::Tile& tile) {
                                          if (session != nullptr && isRunning()) {
                                              m_viewport.addPreviewTile(tile.extent, tile.probability);
                                          }
                                      })
            .release(),
        [](PreviewFeed* finished) { finished->deleteLater(); });
    connect(&m_viewport, &QOpenGLWidget::frameSwapped, feed.get(), &PreviewFeed::onFrameDrawn);
    prediction::PredictOptions options;
    options.onTile = [feed](const geo::Grid& grid, const Image<float>& probability) {
        feed->add(grid, probability);
    };

    std::filesystem::path folder;
    if (!m_workspace.attempt(what, [&] { folder = session->project().filesFolder(); })) {
        return;
    }
    m_viewport.clearPreview();
    m_job = m_workspace.jobs().start<prediction::ScenePrediction>(
        tr("Predict with %1").arg(text(model->manifest.name)), jobs::Lane::Network,
        [module = m_workspace.paths().modelsModule, userModels = m_workspace.paths().userModels,
         scene = session->scene(), model = *model, crs = session->crs(), folder,
         options](const Progress& progress) {
            progress.report(0, "loading the network");
            auto& network = models::loadModule(module);
            const auto checked = prediction::checkedIfNeeded(model, network, *scene, options, userModels,
                                                             progress.part(0, 0.05));
            return prediction::predictScene(*scene, checked, network, crs, folder, options,
                                            progress.part(0.05, 1));
        },
        {.succeeded =
             [this, session, what](prediction::ScenePrediction& result) {
                 end();
                 if (session == nullptr) {
                     return;
                 }
                 m_workspace.attempt(what, [&] {
                     const auto layer = text(session->project().storePrediction(result));
                     QString sentence =
                         tr("Glaciers predicted into layer %1: %2").arg(layer).arg(result.glaciers.size());
                     sentence += result.dropped > 0
                                     ? tr("; left out because smaller than %2: %1.")
                                           .arg(result.dropped)
                                           .arg(areaText(prediction::PredictOptions{}.minimumArea))
                                     : QStringLiteral(".");
                     Q_EMIT predicted(layer, sentence);
                 });
             },
         .failed =
             [this, what](const QString& sentence) {
                 end();
                 Q_EMIT m_workspace.problem(what, sentence);
             },
         .cancelled = [this] { end(); }});
    Q_EMIT runningChanged();
}

void PredictController::end() {
    m_job.reset();
    m_viewport.clearPreview();
    Q_EMIT runningChanged();
}

} // namespace nunatak::ui
