// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/checks/checks_feature.h"

#include "ui/base/owned.h"
#include "ui/checks/checks_controller.h"
#include "ui/checks/checks_panel.h"
#include "ui/checks/findings_on_map.h"
#include "ui/checks/snap_controller.h"
#include "ui/layers/layer_panel.h"
#include "ui/session/shell.h"
#include "ui/session/workspace.h"

#include <QDockWidget>

namespace nunatak::ui::checks {

using layers::LayerController;
using layers::LayerPanel;
using session::MenuPlace;
using session::Needs;
using session::Shell;
using session::Workspace;

ChecksFeature::ChecksFeature(Shell& shell, Workspace& workspace, viewport::Viewport& view,
                             LayerController& layers, const LayerPanel& layerPanel) {
    auto* panel = owned<ChecksPanel>();
    auto* dock = shell.addDock({"checkDock", ChecksPanel::tr("Check"), Qt::RightDockWidgetArea, 10}, panel);
    m_checks = std::make_unique<ChecksController>(workspace, layers, *panel);
    m_map = std::make_unique<FindingsOnMap>(workspace, view);
    connect(panel, &ChecksPanel::findingsChanged, m_map.get(), &FindingsOnMap::setFindings);
    connect(panel, &ChecksPanel::lookedAt, m_map.get(), &FindingsOnMap::lookAt);
    connect(dock, &QDockWidget::visibilityChanged, m_map.get(), &FindingsOnMap::setSeen);
    m_together = std::make_unique<SnapController>(workspace, layers, &shell.window());
    auto* checks = m_checks.get();
    auto* together = m_together.get();
    const auto check = [&shell, dock, checks](const QString& layer) {
        shell.show(dock);
        checks->check(layer);
    };
    const auto meant = [&workspace, &layerPanel] {
        return workspace.session()->inventoryOr(layerPanel.currentLayer());
    };
    connect(checks, &ChecksController::done, this, &ChecksFeature::done);
    connect(checks, &ChecksController::said, this,
            [&shell](const QString& sentence) { shell.say(sentence); });
    connect(together, &SnapController::done, this, &ChecksFeature::done);
    connect(together, &SnapController::offered, this, &ChecksFeature::offered);
    connect(together, &SnapController::startInventoryRequested, this,
            &ChecksFeature::startInventoryRequested);
    connect(checks, &ChecksController::startInventoryRequested, this,
            &ChecksFeature::startInventoryRequested);
    connect(panel, &ChecksPanel::bringTogetherRequested, together,
            [together, panel] { together->open(panel->layer()); });
    connect(&layerPanel, &LayerPanel::checkRequested, this, check);
    connect(&layerPanel, &LayerPanel::bringTogetherRequested, together,
            [together](const QString& layer) { together->open(layer); });
    shell.addAction(
        MenuPlace::Glaciers, Needs::Project,
        {"checkOutlines", "document-edit-verify", ChecksPanel::tr("Chec&k outlines"),
         QKeySequence(QStringLiteral("F9")),
         ChecksPanel::tr("List what is wrong with the inventory's outlines: crossings, overlaps, gaps along "
                         "divides")},
        [check, meant] { check(meant()); });
    shell.addAction(MenuPlace::Glaciers, Needs::Project,
                    {"bringTogether", "format-connect-node", ChecksPanel::tr("&Bring together…"),
                     QKeySequence(QStringLiteral("Shift+F9")),
                     ChecksPanel::tr("Make one line of lines of neighbours that are nearly one, of all or of "
                                     "the selected glaciers; says first what would change")},
                    [together, meant] { together->open(meant(), SnapController::First::Selected); });
}

ChecksFeature::~ChecksFeature() = default;

} // namespace nunatak::ui::checks
