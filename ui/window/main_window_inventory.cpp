// SPDX-License-Identifier: GPL-3.0-or-later
// The inventory and what is said of it.
#include "ui/window/main_window_impl.h"

#include "ui/base/format.h"
#include "ui/editing/editing_controller.h"
#include "ui/editing/inventory_controller.h"
#include "ui/editing/view_menu.h"
#include "ui/ground/scene_controller.h"
#include "ui/layers/inspector_panel.h"
#include "ui/layers/inventory_line.h"
#include "ui/layers/layer_controller.h"
#include "ui/layers/layer_panel.h"
#include "ui/session/history_controller.h"
#include "ui/window/window_shell.h"

#include <QAction>

namespace nunatak::ui::window {

using editing::EditingController;
using editing::InventoryController;
using layers::InspectorPanel;
using layers::InventoryLine;
using layers::LayerPanel;
using session::MenuPlace;
using session::Needs;
using session::SelectionModel;
using session::Session;
using session::Workspace;

QString MainWindow::Impl::referenceLayer() const {
    QString first;
    for (const auto& row : layers->layers()) {
        if (outlines::isReference(row.kind)) {
            if (row.name == layers->currentLayer()) {
                return row.name;
            }
            first = first.isEmpty() ? row.name : first;
        }
    }
    return first;
}

void MainWindow::Impl::connectInventory() {
    const auto withUndo = [this](const QString& sentence) {
        editing->tools().offer(sentence, tr("Undo"), [this] { steps->undo(); });
    };
    QObject::connect(inventories.get(), &InventoryController::done, &window, withUndo);
    QObject::connect(inventories.get(), &InventoryController::said, &window,
                     [this](const QString& sentence) { shell->say(sentence); });
    QObject::connect(inventories.get(), &InventoryController::pictureRequested, &window,
                     [this](const std::string& id) { scene->setScene(id); });
    QObject::connect(editing.get(), &EditingController::redated, &window, withUndo);
    QObject::connect(editing.get(), &EditingController::outsideEpoch, inventories.get(),
                     &InventoryController::askForEpoch);
    QObject::connect(editing.get(), &EditingController::referenceTaken, &window,
                     [this](const outlines::OutlineRef& reference) { offerInsteadOf(reference); });
    QObject::connect(&editing->tools(), &editing::ToolHost::menuRequested, &window,
                     [this](const tools::Menu& menu, QPointF at) { showMenu(menu, at); });

    QObject::connect(layers, &LayerPanel::renameRequested, inventories.get(), &InventoryController::rename);
    QObject::connect(layers, &LayerPanel::removeRequested, inventories.get(), &InventoryController::remove);
    QObject::connect(layers, &LayerPanel::startInventoryRequested, inventories.get(),
                     [this](const QString& layer) { inventories->start(layer); });
    QObject::connect(layers, &LayerPanel::takeOverRequested, inventories.get(),
                     [this](const QString& layer) { inventories->takeOver(layer); });
    QObject::connect(inventoryLine, &InventoryLine::startRequested, inventories.get(),
                     [this](const QString& layer) { inventories->start(layer); });
    QObject::connect(inventoryLine, &InventoryLine::predictRequested, window.action("predict"),
                     &QAction::trigger);
    QObject::connect(inspector, &InspectorPanel::takeRequested, inventories.get(),
                     &InventoryController::takeSelected);

    shell->addAction(MenuPlace::Glaciers, Needs::Project,
                     {"startInventory", "document-edit", tr("Start &inventory from layer"),
                      QKeySequence(QStringLiteral("Ctrl+Alt+I")),
                      tr("Make an inventory of the glaciers of the highlighted layer: what is edited and "
                         "handed in")},
                     [this] { inventories->start(referenceLayer()); });
    shell->addAction(MenuPlace::Glaciers, Needs::Project,
                     {"emptyInventory", "document-new", tr("Start &empty inventory"),
                      QKeySequence(QStringLiteral("Ctrl+Alt+N")),
                      tr("Make an inventory without a glacier, of the time of the picture")},
                     [this] { inventories->start(); });
    shell->addAction(
        MenuPlace::Glaciers, Needs::Project,
        {"takeOver", "document-edit", tr("&Take layer over into inventory…"),
         QKeySequence(QStringLiteral("Shift+T")),
         tr("Replace what nobody touched in the inventory by what the layer says; says first how "
            "many glaciers stay, come and go")},
        [this] { inventories->takeOver(referenceLayer()); });
    shell->addAction(MenuPlace::Glaciers, Needs::WritableGlacier,
                     {"takeOutline", "edit-copy", tr("Take this &outline"), QKeySequence(QStringLiteral("K")),
                      tr("Bring the selected reference's outline into the inventory")},
                     [this] { inventories->takeSelected(); });
    QObject::connect(&workspace->selection(), &SelectionModel::changed, &window,
                     [this] { updateTakeable(); });
    QObject::connect(workspace.get(), &Workspace::sessionStarted, &window, [this] {
        QObject::connect(workspace->session(), &Session::layersChanged, &window,
                         [this] { updateTakeable(); });
        updateTakeable();
    });
    QObject::connect(workspace.get(), &Workspace::sessionEnded, &window, [this] { updateTakeable(); });
    QObject::connect(workspace.get(), &Workspace::predicted, &window,
                     [this](const QString& layer, bool startedInventory) {
                         if (!startedInventory && workspace->session()->inventory()) {
                             inventories->takeOver(layer, false);
                         }
                     });
}

std::optional<MainWindow::Impl::Instead> MainWindow::Impl::insteadOf(const outlines::OutlineRef& reference) {
    const auto& project = workspace->session()->project();
    if (project.isReadOnly() || !outlines::isReference(project.layer(reference.layer).kind)) {
        return std::nullopt;
    }
    const auto layer = workspace->session()->titleOf(text(reference.layer));
    if (project.inventories().empty()) {
        return Instead{tr("%1 is a reference, and there is no inventory yet.").arg(layer),
                       tr("Start inventory from it"),
                       [this, reference] { inventories->start(text(reference.layer)); }};
    }
    return Instead{tr("%1 is a reference. What is edited is the inventory.").arg(layer),
                   tr("Take this outline"), [this] { inventories->takeSelected(); }};
}

void MainWindow::Impl::offerInsteadOf(const outlines::OutlineRef& reference) {
    if (const auto instead = insteadOf(reference)) {
        editing->tools().offerAtPointer(instead->sentence, instead->button, instead->action);
    }
}

void MainWindow::Impl::showMenu(const tools::Menu& menu, QPointF at) {
    const auto named = [this](std::initializer_list<const char*> names) {
        QList<QAction*> found;
        for (const char* name : names) {
            found << window.action(name);
        }
        return found;
    };
    auto shown = menu;
    QList<QList<QAction*>> groups;
    const auto selected = workspace->selection().current();
    if (!menu.heading.isEmpty() && selected) {
        groups << named({"zoomToSelection"});
        if (const auto instead = insteadOf(*selected); instead && workspace->session()->inventory()) {
            groups << named({"takeOutline"});
        } else if (instead) {
            shown.items.push_back({"document-edit", instead->button, [instead](const tools::Scene&) {
                                       instead->action();
                                       return tools::Proposal();
                                   }});
        } else if (!menu.isLocked) {
            groups << named({"acceptOutline", "doubtOutline", "notAGlacier", "unreviewOutline"});
            groups << named({"delete"});
        }
    }
    groups << named({"undo", "redo"});
    editing::showViewMenu(*viewport, editing->tools(), shown, at, groups);
}

void MainWindow::Impl::updateTakeable() {
    const auto* session = workspace->session();
    const auto selected = workspace->selection().current();
    inspector->setTakeable(selected && !session->project().isReadOnly() &&
                           outlines::isReference(session->project().layer(selected->layer).kind) &&
                           !session->project().inventories().empty());
}

} // namespace nunatak::ui::window
