// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/predict/predict_feature.h"

#include "ui/layers/layer_controller.h"
#include "ui/predict/confidence_controller.h"
#include "ui/predict/predict_controller.h"
#include "ui/session/shell.h"
#include "ui/session/workspace.h"

#include <QAction>

namespace nunatak::ui::predict {

using layers::InspectorPanel;
using layers::LayerController;
using session::MenuPlace;
using session::Needs;
using session::Shell;
using session::Workspace;
using viewport::Viewport;

PredictFeature::PredictFeature(Shell& shell, Workspace& workspace, Viewport& viewport,
                               LayerController& layers, InspectorPanel& inspector)
    : m_prediction(
          std::make_unique<PredictController>(workspace, viewport, shell.settings(), &shell.window())),
      m_confidence(
          std::make_unique<ConfidenceController>(workspace, viewport, inspector, shell.settings(), nullptr)) {
    auto* predict = shell.addAction(
        MenuPlace::Glaciers, Needs::Project,
        {"predict", "tools-wizard", PredictController::tr("&Predict and edit"),
         QKeySequence(QStringLiteral("F5")),
         PredictController::tr("Let the model draw the glaciers of this scene, in the background; where "
                               "there is no inventory yet, they become one that can be edited")},
        [this] { m_prediction->predict(); });
    predict->setPriority(QAction::HighPriority);
    auto* options =
        shell.addAction(MenuPlace::Glaciers, Needs::Project,
                        {"predictOptions", "configure", PredictController::tr("Predict &with options…"),
                         QKeySequence(QStringLiteral("Shift+F5")),
                         PredictController::tr("Choose model, area, threshold and more, then predict")},
                        [this] { m_prediction->askForOptions(); });
    auto* low =
        shell.addAction(MenuPlace::Shown, Needs::Project,
                        {"lowConfidence", "dialog-warning", ConfidenceController::tr("Low &confidence"),
                         QKeySequence(QStringLiteral("Shift+L")),
                         ConfidenceController::tr("Outline where the model is not sure")},
                        [] {});
    QObject::connect(m_prediction.get(), &PredictController::runningChanged, predict,
                     [this, &workspace, predict, options] {
                         const bool possible = workspace.session() != nullptr && !m_prediction->isRunning();
                         predict->setEnabled(possible);
                         options->setEnabled(possible);
                     });
    QObject::connect(m_prediction.get(), &PredictController::predicted, predict,
                     [this, &shell, &workspace, &layers](const QString& layer, const QString& sentence,
                                                         bool startedInventory) {
                         layers.showLayer(layer);
                         m_confidence->refresh();
                         Q_EMIT workspace.rastersMade();
                         shell.say(sentence);
                         Q_EMIT workspace.predicted(layer, startedInventory);
                     });
    low->setCheckable(true);
    QObject::connect(low, &QAction::toggled, m_confidence.get(), &ConfidenceController::setShown);
    QObject::connect(m_confidence.get(), &ConfidenceController::shownChanged, low, &QAction::setChecked);
}

PredictFeature::~PredictFeature() = default;

void PredictFeature::whenRunning(std::function<void(bool runs)> tell) {
    QObject::connect(m_prediction.get(), &PredictController::runningChanged, m_prediction.get(),
                     [this, tell = std::move(tell)] { tell(m_prediction->isRunning()); });
}

} // namespace nunatak::ui::predict
