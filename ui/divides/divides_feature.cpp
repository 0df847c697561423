// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/divides/divides_feature.h"

#include "ui/base/file_question.h"
#include "ui/base/owned.h"
#include "ui/divides/divides_controller.h"
#include "ui/divides/divides_panel.h"
#include "ui/layers/layer_panel.h"
#include "ui/session/shell.h"
#include "ui/session/workspace.h"

#include <QAction>
#include <QDockWidget>

namespace nunatak::ui::divides {

using layers::LayerController;
using layers::LayerPanel;
using session::MenuPlace;
using session::Needs;
using session::Shell;
using session::Workspace;

DividesFeature::DividesFeature(Shell& shell, Workspace& workspace, viewport::Viewport& viewport,
                               LayerController& layers, const LayerPanel& layerPanel) {
    auto* panel = owned<DividesPanel>();
    auto* dock =
        shell.addDock({"divideDock", DividesPanel::tr("Ice divides"), Qt::RightDockWidgetArea, 12}, panel);
    dock->hide();
    m_divides = std::make_unique<DividesController>(workspace, layers, viewport, *panel);
    auto* divides = m_divides.get();
    connect(divides, &DividesController::done, this, &DividesFeature::done);
    connect(divides, &DividesController::startInventoryRequested, this,
            &DividesFeature::startInventoryRequested);
    connect(divides, &DividesController::ended, dock, &QDockWidget::hide);
    connect(dock->toggleViewAction(), &QAction::toggled, divides, [divides](bool isShown) {
        if (!isShown) {
            divides->close();
        }
    });
    connect(panel, &DividesPanel::fileWanted, this, [&shell, divides] {
        FileQuestion question;
        question.purpose = QStringLiteral("elevation");
        question.title = DividesPanel::tr("Elevation model");
        question.filters = {DividesPanel::tr("Rasters (*.tif *.tiff *.vrt *.img *.hgt *.asc *.nc)"),
                            DividesPanel::tr("All files (*)")};
        askForFiles(&shell.window(), shell.settings(), question,
                    [divides](const QStringList& files) { divides->useFile(files.first()); });
    });
    shell.addAction(
        MenuPlace::Glaciers, Needs::Project,
        {"iceDivides", "distribute-horizontal", DividesPanel::tr("Ice &divides…"),
         QKeySequence(QStringLiteral("Shift+I")),
         DividesPanel::tr("Divide the selected glaciers, else those in the view, along the drainage "
                          "divides of the relief or as an earlier inventory has them; shows them "
                          "first")},
        [&shell, &workspace, &layerPanel, dock, divides] {
            shell.show(dock);
            divides->open(workspace.session()->inventoryOr(layerPanel.currentLayer()));
        });
}

DividesFeature::~DividesFeature() = default;

} // namespace nunatak::ui::divides
