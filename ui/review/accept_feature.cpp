// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/accept_feature.h"

#include "ui/layers/layer_controller.h"
#include "ui/layers/layer_panel.h"
#include "ui/review/accept_controller.h"
#include "ui/session/shell.h"
#include "ui/session/workspace.h"

namespace nunatak::ui::review {

AcceptFeature::AcceptFeature(session::Shell& shell, session::Workspace& workspace,
                             layers::LayerController& layers, const layers::LayerPanel& panel)
    : m_controller(std::make_unique<AcceptController>(workspace, &shell.window())) {
    connect(m_controller.get(), &AcceptController::done, this, &AcceptFeature::done);
    connect(m_controller.get(), &AcceptController::selected, &layers,
            &layers::LayerController::lookDownOnSelection);
    shell.addAction(
        session::MenuPlace::Review, session::Needs::Project,
        {"acceptSure", "dialog-ok-apply", AcceptController::tr("Accept &what the model is sure of…"),
         QKeySequence(QStringLiteral("Ctrl+Shift+A")),
         AcceptController::tr("Accept the glaciers that nobody judged and of which the model is sure "
                              "above a threshold; says first how many")},
        [this, &workspace, &panel] {
            m_controller->open(workspace.session()->inventoryOr(panel.currentLayer()));
        });
}

AcceptFeature::~AcceptFeature() = default;

} // namespace nunatak::ui::review
