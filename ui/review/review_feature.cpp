// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/review_feature.h"

#include "ui/layers/layer_panel.h"
#include "ui/review/review_controller.h"
#include "ui/session/shell.h"
#include "ui/session/workspace.h"

namespace nunatak::ui::review {

using layers::LayerController;
using layers::LayerPanel;
using session::MenuPlace;
using session::Needs;
using session::Shell;
using session::Workspace;

ReviewFeature::ReviewFeature(Shell& shell, Workspace& workspace, LayerController& layers,
                             const LayerPanel& panel)
    : m_controller(std::make_unique<ReviewController>(workspace, layers, nullptr)) {
    QObject::connect(m_controller.get(), &ReviewController::said, &shell.window(),
                     [&shell](const QString& sentence) { shell.say(sentence); });
    shell.addAction(MenuPlace::Review, Needs::Project,
                    {"nextUnreviewed", "go-next-skip", ReviewController::tr("Next to re&view"),
                     QKeySequence(QStringLiteral("R")),
                     ReviewController::tr(
                         "Select the layer's next glacier that was not reviewed, by size, and fly there")},
                    [this, &workspace, &panel] {
                        m_controller->next(workspace.session()->inventoryOr(panel.currentLayer()));
                    });
    shell.addAction(
        MenuPlace::Review, Needs::Project,
        {"previousUnreviewed", "go-previous-skip", ReviewController::tr("Previous to revie&w"),
         QKeySequence(QStringLiteral("Shift+R")),
         ReviewController::tr("Select the glacier before, by size, that was not reviewed, and fly there")},
        [this, &workspace, &panel] {
            m_controller->next(workspace.session()->inventoryOr(panel.currentLayer()), -1);
        });
}

ReviewFeature::~ReviewFeature() = default;

} // namespace nunatak::ui::review
