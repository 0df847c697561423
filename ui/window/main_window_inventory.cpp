// SPDX-License-Identifier: GPL-3.0-or-later
// The inventory, its history and what is said of them.
#include "ui/window/main_window_impl.h"

#include "ui/base/format.h"
#include "ui/editing/editing_controller.h"
#include "ui/editing/inventory_controller.h"
#include "ui/ground/scene_controller.h"
#include "ui/layers/inspector_panel.h"
#include "ui/layers/inventory_line.h"
#include "ui/layers/layer_controller.h"
#include "ui/layers/layer_panel.h"
#include "ui/session/history_controller.h"
#include "ui/session/history_panel.h"
#include "ui/viewport/viewport.h"
#include "ui/window/window_shell.h"

#include <QAction>

#include <algorithm>

namespace nunatak::ui::window {

using editing::EditingController;
using editing::InventoryController;
using layers::InspectorPanel;
using layers::InventoryLine;
using layers::LayerPanel;
using session::HistoryController;
using session::HistoryPanel;
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
    QObject::connect(workspace.get(), &Workspace::predicted, &window,
                     [this](const QString& layer, bool startedInventory) {
                         if (!startedInventory && workspace->session()->inventory()) {
                             inventories->takeOver(layer, false);
                         }
                     });
}

void MainWindow::Impl::offerInsteadOf(const outlines::OutlineRef& reference) {
    const auto& project = workspace->session()->project();
    if (project.isReadOnly()) {
        return;
    }
    const auto layer = text(outlines::titleOf(project.layer(reference.layer)));
    if (project.inventories().empty()) {
        editing->tools().offer(tr("%1 is a reference, and there is no inventory yet.").arg(layer),
                               tr("Start inventory from it"),
                               [this, reference] { inventories->start(text(reference.layer)); });
    } else {
        editing->tools().offer(tr("%1 is a reference. What is edited is the inventory.").arg(layer),
                               tr("Take this outline"), [this] { inventories->takeSelected(); });
    }
}

void MainWindow::Impl::updateTakeable() {
    const auto* session = workspace->session();
    const auto selected = workspace->selection().current();
    inspector->setTakeable(selected && !session->project().isReadOnly() &&
                           outlines::isReference(session->project().layer(selected->layer).kind) &&
                           !session->project().inventories().empty());
}

void MainWindow::Impl::connectHistory() {
    QObject::connect(workspace.get(), &Workspace::sessionStarted, &window, [this] {
        const auto* session = workspace->session();
        places.clear();
        history->setHistory(session->project().history());
        history->setWritable(!session->project().isReadOnly());
        QObject::connect(session, &Session::stepped, &window, [this](const project::Event& event) {
            places.note(event);
            history->add(event.step);
        });
        QObject::connect(session, &Session::layersChanged, &window, [this] { updateTakeable(); });
        updateTakeable();
    });
    QObject::connect(workspace.get(), &Workspace::sessionEnded, &window, [this] {
        places.clear();
        history->setHistory({});
        history->setWritable(false);
        updateTakeable();
    });
    QObject::connect(&workspace->selection(), &SelectionModel::changed, &window,
                     [this] { history->setGlacierSelected(workspace->selection().current().has_value()); });
    QObject::connect(history, &HistoryPanel::stepActivated, &window,
                     [this](std::int64_t step) { flyToStep(step); });
    QObject::connect(history, &HistoryPanel::goBackRequested, steps.get(), &HistoryController::goBackTo);
    QObject::connect(history, &HistoryPanel::glacierFilterToggled, &window, [this](bool only) {
        const auto selected = workspace->selection().current();
        const auto* session = workspace->session();
        history->setOnly(only && selected && session != nullptr
                             ? std::optional(places.stepsOf(session->project(), *selected))
                             : std::nullopt);
        history->setGlacierSelected(selected.has_value());
    });
    const auto where = [this](const geo::Extent& extent) {
        const auto middle = extent.empty() ? std::nullopt : viewport->project(extent.center());
        const bool isSeen = extent.empty() || (middle && QRectF(viewport->rect()).contains(*middle));
        return isSeen ? QString() : tr(" (outside the view)");
    };
    QObject::connect(steps.get(), &HistoryController::tookBack, &window,
                     [this, where](const QString& description, const geo::Extent& extent) {
                         editing->tools().offer(tr("Taken back: %1%2").arg(description, where(extent)),
                                                tr("Redo"), [this] { steps->redo(); });
                     });
    QObject::connect(steps.get(), &HistoryController::didAgain, &window,
                     [this, where](const QString& description, const geo::Extent& extent) {
                         editing->tools().offer(tr("Done again: %1%2").arg(description, where(extent)),
                                                tr("Undo"), [this] { steps->undo(); });
                     });
}

void MainWindow::Impl::flyToStep(std::int64_t step) {
    const auto* session = workspace->session();
    if (session == nullptr) {
        return;
    }
    const auto changed = places.of(session->project(), step);
    if (changed.extent.empty()) {
        shell->say(tr("This step was made before the project was opened, and names no glacier to fly to."));
        return;
    }
    const auto& extent = changed.extent;
    viewport->frame(extent.grown(0.15 * std::max(extent.width(), extent.height())));
    constexpr std::size_t few = 20;
    if (changed.outlines.size() <= few) {
        workspace->selection().select(changed.outlines); // what is gone is left out
    }
}

} // namespace nunatak::ui::window
