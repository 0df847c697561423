// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/compare_feature.h"

#include "ui/base/owned.h"
#include "ui/compare/compare_controller.h"
#include "ui/compare/comparison_panel.h"
#include "ui/layers/layer_controller.h"
#include "ui/session/shell.h"

namespace nunatak::ui::compare {

using layers::LayerController;
using session::MenuPlace;
using session::Needs;
using session::Shell;
using session::Workspace;

CompareFeature::CompareFeature(Shell& shell, Workspace& workspace, LayerController& layers) {
    auto* panel = owned<ComparisonPanel>();
    auto* dock = shell.addDock(
        {"comparisonDock", ComparisonPanel::tr("Comparison"), Qt::BottomDockWidgetArea, 6}, panel);
    m_controller = std::make_unique<CompareController>(workspace, *panel, nullptr);
    QObject::connect(panel, &ComparisonPanel::glacierActivated, &layers,
                     qOverload<const comparison::GlacierRow&>(&LayerController::flyTo));
    shell.addAction(MenuPlace::Glaciers, Needs::Project,
                    {"compare", "kr_comparedirs", ComparisonPanel::tr("&Compare"),
                     QKeySequence(QStringLiteral("F6")),
                     ComparisonPanel::tr("Compare model and expert, glacier by glacier")},
                    [this, &shell, dock] {
                        shell.show(dock);
                        m_controller->compare();
                    });
}

CompareFeature::~CompareFeature() = default;

} // namespace nunatak::ui::compare
