// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/predict/confidence_controller.h"

#include "base/error.h"
#include "exchange/outline_files.h"
#include "prediction/outline_confidence.h"
#include "prediction/predict_scene.h"
#include "ui/base/format.h"
#include "ui/base/user_settings.h"
#include "ui/layers/inspector_panel.h"
#include "ui/session/workspace.h"

#include <QLocale>
#include <QPointer>

namespace nunatak::ui::predict {

using layers::InspectorPanel;
using session::JobQueue;
using session::SelectionModel;
using session::Session;
using session::Workspace;
using viewport::LayerStyle;
using viewport::Viewport;

namespace {

/// No layer of a project can be called so.
const QString overlay = QStringLiteral("\u0001low confidence");
const LayerStyle overlayStyle{QColor(255, 176, 0), 1.5, true};

QString sentenceOf(const prediction::OutlineConfidence& confidence, double threshold) {
    const auto number = [](double value, int decimals) { return QLocale().toString(value, 'f', decimals); };
    QString sentence = ConfidenceController::tr("%1 on average; under %2 on %3 %")
                           .arg(number(confidence.mean, 2), QLocale().toString(threshold, 'g', 3),
                                number(100 * confidence.lowShare, 1));
    return confidence.isCalibrated ? sentence : sentence + ConfidenceController::tr(" (not calibrated)");
}

} // namespace

ConfidenceController::ConfidenceController(Workspace& workspace, Viewport& viewport,
                                           InspectorPanel& inspector, UserSettings& settings, QObject* parent)
    : QObject(parent), m_workspace(workspace), m_viewport(viewport), m_inspector(inspector),
      m_settings(settings) {
    connect(&m_workspace.selection(), &SelectionModel::changed, this, &ConfidenceController::describe);
    connect(&m_workspace.selection(), &SelectionModel::edited, this, &ConfidenceController::describe);
    connect(&m_workspace, &Workspace::sessionEnded, this, [this] {
        if (m_measuring != nullptr) {
            m_measuring->cancel();
            m_measuring.reset();
        }
        setShown(false);
    });
}

void ConfidenceController::describe() {
    if (m_measuring != nullptr) {
        m_measuring->cancel();
        m_measuring.reset();
    }
    const QPointer<Session> session = m_workspace.session();
    const auto selection = m_workspace.selection().current();
    const auto outline = selection && session != nullptr ? session->outline(*selection) : nullptr;
    if (outline == nullptr || outline->modelFingerprint.empty()) {
        return;
    }
    PredictChoices usual;
    usual.confidence = prediction::PredictOptions{}.confidenceThreshold;
    const double threshold = m_settings.predictChoices(usual).confidence;
    using Confidence = std::optional<prediction::OutlineConfidence>;
    m_measuring = m_workspace.jobs().start<Confidence>(
        tr("Measure confidence"), jobs::Lane::Background,
        [outline, threshold, crs = session->crs(), folder = session->project().filesPlace(),
         settings = session->project().settingsOfRun(outline->run)](const Progress& progress) -> Confidence {
            const auto file = prediction::confidenceFileOf(folder, *outline, settings);
            return file ? prediction::confidenceWithin(*file, outline->geometry, crs, threshold, progress)
                        : std::nullopt;
        },
        {.succeeded =
             [this, uuid = outline->uuid, threshold](Confidence& found) {
                 m_measuring.reset();
                 if (found) {
                     m_inspector.showConfidence(text(uuid), sentenceOf(*found, threshold));
                 }
             },
         .failed = [](const QString&) {}, // a raster that is gone or damaged is no reason for a dialog
         .cancelled = {}},
        JobQueue::Shown::Silently);
}

std::optional<std::filesystem::path> ConfidenceController::bandsFile() const {
    const auto* session = m_workspace.session();
    if (session == nullptr || session->scene() == nullptr) {
        return {};
    }
    const auto folder = session->project().filesPlace();
    const auto layers = session->project().layers();
    for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) {
        if (layer->kind != outlines::LayerKind::Predicted || layer->sceneId != session->scene()->scene().id) {
            continue;
        }
        const auto glaciers = session->outlines(text(layer->name));
        if (glaciers.empty()) {
            continue;
        }
        if (const auto file = prediction::confidenceFileOf(
                folder, *glaciers.front(), session->project().settingsOfRun(glaciers.front()->run))) {
            std::error_code ignored;
            const auto bands = prediction::confidenceBandsFile(*file);
            if (std::filesystem::exists(bands, ignored)) {
                return bands;
            }
        }
    }
    return {};
}

void ConfidenceController::setShown(bool shown) {
    if (shown == m_shown) {
        return;
    }
    m_shown = shown;
    if (shown) {
        refresh();
    } else {
        m_viewport.removeLayer(overlay);
    }
    Q_EMIT shownChanged(m_shown);
}

void ConfidenceController::refresh() {
    const QPointer<Session> session = m_workspace.session();
    if (!m_shown || session == nullptr) {
        return;
    }
    const auto file = bandsFile();
    if (!file) {
        setShown(false);
        Q_EMIT m_workspace.problem(tr("Low confidence"),
                                   tr("There is no confidence of this scene yet. Predict it first."));
        return;
    }
    m_workspace.jobs().start<nunatak::exchange::ReadOutlines>(
        tr("Read low confidence"), jobs::Lane::Background,
        [file = *file, crs = session->crs()](const Progress& progress) {
            return nunatak::exchange::readOutlines(file, crs, progress);
        },
        {.succeeded =
             [this, session](nunatak::exchange::ReadOutlines& read) {
                 if (!m_shown || session == nullptr || session != m_workspace.session()) {
                     return;
                 }
                 std::vector<outlines::OutlineSet::Handle> places;
                 for (auto& place : read.outlines) {
                     places.push_back(outlines::share(std::move(place)));
                 }
                 m_viewport.setLayer(overlay, places, overlayStyle);
             },
         .failed =
             [this](const QString& sentence) {
                 setShown(false);
                 Q_EMIT m_workspace.problem(tr("Low confidence"), sentence);
             },
         .cancelled = {}},
        JobQueue::Shown::Silently);
}

} // namespace nunatak::ui::predict
