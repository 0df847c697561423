// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/predict/predict_controller.h"

#include "base/error.h"
#include "tasks/prediction_task.h"
#include "ui/base/format.h"
#include "ui/base/owned.h"
#include "ui/predict/predict_dialog.h"
#include "ui/predict/preview_feed.h"
#include "ui/session/workspace.h"
#include "ui/viewport/viewport.h"

#include <QLocale>
#include <QPointer>
#include <QStringList>

namespace nunatak::ui::predict {

using session::Session;
using session::Workspace;
using viewport::Viewport;

namespace {

QString missingText(const scene::SceneReader& scene, const models::Manifest& model) {
    QStringList names;
    for (const auto& band : prediction::missingBands(scene, model)) {
        names << text(band);
    }
    return names.join(QStringLiteral(", "));
}

/// What the view shows of the ground, as a box; empty when it shows none.
geo::Extent visiblePart(const Viewport& viewport) {
    constexpr int looks = 16; // along each side: a horizon cuts the view anywhere
    geo::Extent box;
    for (int row = 0; row <= looks; ++row) {
        for (int column = 0; column <= looks; ++column) {
            const QPointF place(viewport.width() * (0.001 + 0.998 * column / looks),
                                viewport.height() * (0.001 + 0.998 * row / looks));
            if (const auto ground = viewport.pick(place)) {
                box.include(ground->map);
            }
        }
    }
    return box;
}

} // namespace

PredictController::PredictController(Workspace& workspace, Viewport& viewport, UserSettings& settings,
                                     QWidget* window)
    : QObject(window), m_workspace(workspace), m_viewport(viewport), m_settings(settings), m_window(window) {}

bool PredictController::canPredict() {
    const auto what = tr("Predict");
    const auto* session = m_workspace.session();
    if (session == nullptr || isRunning()) {
        return false;
    }
    if (session->project().isReadOnly()) { // told before the work rather than after it
        Q_EMIT m_workspace.problem(what, session->readOnlySentence());
        return false;
    }
    if (session->scene() == nullptr) {
        Q_EMIT m_workspace.problem(what,
                                   tr("This project has no scene to predict. Make one from a scene file."));
        return false;
    }
    if (!m_workspace.currentModel()) {
        Q_EMIT m_workspace.problem(
            what, tr("There is no model to predict with. The program's own lie in %1, yours in %2.")
                      .arg(text(m_workspace.paths().installedModels.string()),
                           text(m_workspace.paths().userModels.string())));
        return false;
    }
    return true;
}

void PredictController::askForOptions() {
    if (!canPredict()) {
        return;
    }
    const QPointer<Session> session = m_workspace.session();
    std::filesystem::path folder;
    if (!m_workspace.attempt(tr("Predict"), [&] { folder = session->project().filesFolder(); })) {
        return;
    }
    const auto scene = session->scene();
    const auto selection = m_workspace.selection().current();
    const auto glacier = selection ? session->outline(*selection) : nullptr;
    const auto seen = visiblePart(m_viewport);
    PredictDialog::Place place;
    place.hasVisiblePart = !seen.empty();
    place.hasSelection = glacier != nullptr;
    place.missing = [scene](const models::Manifest& model) { return missingText(*scene, model); };
    place.isInterrupted = [scene, folder](const models::Manifest& model) {
        std::error_code ignored;
        return std::filesystem::exists(
            prediction::predictionFiles(folder, scene->scene().id, model).run / "journal", ignored);
    };
    auto* dialog = owned<PredictDialog>(m_settings, m_workspace.models(),
                                        text(m_workspace.currentModel()->manifest.name), place, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, session, glacier, seen] {
        if (session == nullptr) {
            return;
        }
        auto options = dialog->options();
        geo::MultiPolygon around;
        if (dialog->area() == PredictArea::VisiblePart) {
            options.regionOfInterest = seen;
        } else if (dialog->area() == PredictArea::SelectedGlacier) {
            around = glacier->geometry;
        }
        m_workspace.useModel(dialog->model());
        start(std::move(options), std::move(around), dialog->buffer());
    });
    dialog->open();
}

void PredictController::predict() {
    start({}, {}, 0);
}

void PredictController::start(prediction::PredictOptions options, geo::MultiPolygon around, double buffer) {
    const auto what = tr("Predict");
    if (!canPredict()) {
        return;
    }
    const QPointer<Session> session = m_workspace.session();
    const auto model = m_workspace.currentModel();
    if (const auto missing = missingText(*session->scene(), model->manifest); !missing.isEmpty()) {
        Q_EMIT m_workspace.problem(what,
                                   tr("The model %1 needs bands that this scene has not: %2. Choose another "
                                      "model, or make a project "
                                      "from a scene that has them.")
                                       .arg(text(model->manifest.name), missing));
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
    options.onTile = [feed](const geo::Grid& grid, const Image<float>& probability) {
        feed->add(grid, probability);
    };

    const double minimumArea = options.minimumArea;
    tasks::PredictionTask task{session->scene(), *model, session->crs(), {}, std::move(options)};
    if (!m_workspace.attempt(what, [&] { task.folder = session->project().filesFolder(); })) {
        return;
    }
    if (!around.empty()) {
        task.around = [around = std::move(around)](const Progress&) {
            return std::vector<geo::MultiPolygon>{around};
        };
        task.buffer = buffer;
    }
    m_viewport.clearPreview();
    m_job = m_workspace.jobs().start<prediction::ScenePrediction>(
        tr("Predict with %1").arg(text(model->manifest.name)), jobs::Lane::Network,
        [task = std::move(task), paths = m_workspace.paths()](const Progress& progress) mutable {
            auto finished = tasks::predict(std::move(task), paths, progress);
            auto& result = finished.prediction;
            if (!finished.bandsProblem.empty()) {
                result.notes.push_back(std::move(finished.bandsProblem));
            }
            return std::move(result);
        },
        {.succeeded =
             [this, session, minimumArea](prediction::ScenePrediction& result) {
                 if (session == nullptr) {
                     end();
                 } else {
                     store(std::make_shared<const prediction::ScenePrediction>(std::move(result)),
                           minimumArea, 3);
                 }
             },
         .failed =
             [this, what](const QString& sentence) {
                 end();
                 Q_EMIT m_workspace.problem(what, sentence);
             },
         .cancelled = [this] { end(); }});
    Q_EMIT runningChanged();
}

void PredictController::store(std::shared_ptr<const prediction::ScenePrediction> result, double minimumArea,
                              int triesLeft) {
    const auto what = tr("Store the prediction");
    const QPointer<Session> session = m_workspace.session();
    std::function<project::PredictionStep()> plan;
    if (!m_workspace.attempt(what, [&] {
            plan = session->project().planPrediction(result, {}, project::AfterPrediction::StartInventory);
        })) {
        end();
        return;
    }
    m_job = m_workspace.jobs().start<project::PredictionStep>(
        what, jobs::Lane::Background, [plan](const Progress&) { return plan(); },
        {.succeeded =
             [this, session, result, what, minimumArea, triesLeft](project::PredictionStep& step) {
                 if (session == nullptr) {
                     end();
                     return;
                 }
                 project::TakenPrediction taken;
                 const bool mayStart = step.inventory.has_value();
                 const auto started =
                     mayStart ? text(outlines::titleOf(*step.inventory->layers.front().after)) : QString();
                 auto inventoryNotes = mayStart ? step.inventory->notes : std::vector<std::string>();
                 try {
                     taken = session->project().take(std::move(step));
                 } catch (const Error& error) {
                     if (triesLeft > 0) { // the layer was changed, by an undo for instance, since the plan
                         store(result, minimumArea, triesLeft - 1);
                         return;
                     }
                     end();
                     Q_EMIT m_workspace.problem(what, QString::fromUtf8(error.what()));
                     return;
                 }
                 end();
                 const QString layer = text(taken.layer);
                 const bool starts = taken.startsInventory;
                 if (!taken.note.empty()) {
                     inventoryNotes = {taken.note};
                 }
                 // What is asked first comes first: the status bar may cut the rest.
                 const auto count = QLocale().toString(result->glaciers.size());
                 QString sentence =
                     starts ? tr("Predicted glaciers: %1; %2 is started from them and can be edited")
                                  .arg(count, started)
                            : tr("Predicted glaciers: %1, in layer %2").arg(count, layer);
                 sentence += result->dropped > 0 ? tr("; left out because smaller than %2: %1.")
                                                       .arg(result->dropped)
                                                       .arg(areaText(minimumArea))
                                                 : QStringLiteral(".");
                 sentence += tr(" Low confidence on %1 %.")
                                 .arg(QLocale().toString(100 * result->lowConfidenceShare, 'f', 1));
                 for (const auto& note : inventoryNotes) {
                     sentence += QLatin1Char(' ') + text(note);
                 }
                 for (const auto& note : result->notes) {
                     sentence += QLatin1Char(' ') + text(note);
                 }
                 Q_EMIT predicted(layer, sentence, starts);
             },
         .failed =
             [this, what](const QString& sentence) {
                 end();
                 Q_EMIT m_workspace.problem(what, sentence);
             },
         .cancelled = [this] { end(); }});
}

void PredictController::end() {
    m_job.reset();
    m_viewport.clearPreview();
    Q_EMIT runningChanged();
}

} // namespace nunatak::ui::predict
