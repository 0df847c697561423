// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/exchange_feature.h"

#include "ui/exchange/exchange_controller.h"
#include "ui/exchange/model_import_controller.h"
#include "ui/layers/layer_panel.h"
#include "ui/session/shell.h"
#include "ui/session/workspace.h"

namespace nunatak::ui::exchange {

using layers::LayerPanel;
using session::MenuPlace;
using session::Needs;
using session::Shell;
using session::Workspace;

ExchangeFeature::ExchangeFeature(Shell& shell, Workspace& workspace, const LayerPanel& panel)
    : m_outlines(std::make_unique<ExchangeController>(workspace, shell.settings(), &shell.window())),
      m_models(std::make_unique<ModelImportController>(workspace, shell.settings(), &shell.window())) {
    const auto say = [&shell](const QString& sentence) { shell.say(sentence); };
    QObject::connect(m_outlines.get(), &ExchangeController::done, &shell.window(), say);
    QObject::connect(m_models.get(), &ModelImportController::imported, &shell.window(), say);
    QObject::connect(&panel, &LayerPanel::exportRequested, m_outlines.get(),
                     &ExchangeController::askForExport);
    shell.addAction(
        MenuPlace::Outlines, Needs::Project,
        {"importOutlines", "document-import", ExchangeController::tr("&Import outlines…"),
         QKeySequence(QStringLiteral("Ctrl+I")),
         ExchangeController::tr("Read outlines from a Shapefile, GeoPackage or GeoJSON into a layer")},
        [this] { m_outlines->askForImport(); });
    shell.addAction(
        MenuPlace::Outlines, Needs::Project,
        {"exportOutlines", "document-export", ExchangeController::tr("&Export outlines…"),
         QKeySequence(QStringLiteral("Ctrl+E")),
         ExchangeController::tr(
             "Write a layer to a file, with the columns of the RGI, of GLIMS or all that is known")},
        [this, &workspace, &panel] {
            m_outlines->askForExport(workspace.session()->inventoryOr(panel.currentLayer()));
        });
    shell.addAction(MenuPlace::Models, Needs::Nothing,
                    {"importModel", "document-import", ModelImportController::tr("Import &model weights…"),
                     QKeySequence(QStringLiteral("Ctrl+Shift+I")),
                     ModelImportController::tr("Bring in weights that the published Keras code saved (.h5)")},
                    [this] { m_models->askForWeights(); });
}

ExchangeFeature::~ExchangeFeature() = default;

} // namespace nunatak::ui::exchange
