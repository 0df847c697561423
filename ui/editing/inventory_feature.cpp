// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editing/inventory_feature.h"

#include "ui/base/format.h"
#include "ui/base/owned.h"
#include "ui/editing/editing_controller.h"
#include "ui/editing/inventory_controller.h"
#include "ui/editing/view_menu.h"
#include "ui/layers/inspector_panel.h"
#include "ui/layers/inventory_line.h"
#include "ui/layers/layer_controller.h"
#include "ui/layers/layer_panel.h"
#include "ui/session/shell.h"
#include "ui/session/workspace.h"
#include "ui/viewport/viewport.h"

#include <QAction>

namespace nunatak::ui::editing {

using layers::InspectorPanel;
using layers::InventoryLine;
using layers::LayerPanel;
using session::MenuPlace;
using session::Needs;
using session::SelectionModel;
using session::Session;
using session::Shell;
using session::Workspace;

InventoryFeature::InventoryFeature(Shell& shell, Workspace& workspace, viewport::Viewport& viewport,
                                   EditingController& editing, layers::LayerController& layers,
                                   LayerPanel& panel, InspectorPanel& inspector)
    : m_shell(shell), m_workspace(workspace), m_viewport(viewport), m_editing(editing), m_panel(panel),
      m_inspector(inspector),
      m_inventories(std::make_unique<InventoryController>(workspace, layers, &shell.window())),
      m_line(owned<InventoryLine>(workspace, viewport)) {
    const auto withUndo = [this](const QString& sentence) { m_editing.tools().offerUndo(sentence); };
    connect(m_inventories.get(), &InventoryController::done, this, withUndo);
    connect(m_inventories.get(), &InventoryController::said, this,
            [&shell](const QString& sentence) { shell.say(sentence); });
    connect(m_inventories.get(), &InventoryController::offered, this,
            [this](const QString& sentence, const QString& reference) {
                m_editing.tools().offerNext(sentence, InventoryController::tr("Take over…"),
                                            [this, reference] { m_inventories->takeOver(reference); });
            });
    connect(m_inventories.get(), &InventoryController::started, this,
            [this](const QString& layer) { m_panel.highlight(layer); });
    connect(m_inventories.get(), &InventoryController::pictureRequested, this,
            &InventoryFeature::pictureRequested);
    connect(&editing, &EditingController::redated, this, withUndo);
    connect(&editing, &EditingController::outsideEpoch, m_inventories.get(),
            &InventoryController::askForEpoch);
    connect(&editing, &EditingController::referenceTaken, this, &InventoryFeature::offerInsteadOf);
    connect(&layers, &layers::LayerController::changed, this, [this, &layers] {
        const auto side = layers.stack().editedSide();
        m_line->setSideLayer(side ? text(side->name) : QString());
    });
    connect(m_line, &InventoryLine::inventoryRequested, this,
            [this] { m_shell.action("editInventory")->trigger(); });
    connect(&editing.tools(), &ToolHost::menuRequested, this, &InventoryFeature::showMenu);
    connectPanels();
    addActions();
    followProject();
}

InventoryFeature::~InventoryFeature() = default;

void InventoryFeature::startFrom(const QString& reference) {
    m_inventories->start(reference);
}

void InventoryFeature::setOutlinesShown(bool shown) {
    m_line->setOutlinesShown(shown);
}

void InventoryFeature::connectPanels() {
    auto* inventories = m_inventories.get();
    const auto start = [inventories](const QString& layer) { inventories->start(layer); };
    connect(&m_panel, &LayerPanel::renameRequested, inventories, &InventoryController::rename);
    connect(&m_panel, &LayerPanel::removeRequested, inventories, &InventoryController::remove);
    connect(&m_panel, &LayerPanel::startInventoryRequested, inventories, start);
    connect(&m_panel, &LayerPanel::takeOverRequested, inventories,
            [inventories](const QString& layer) { inventories->takeOver(layer); });
    connect(m_line, &InventoryLine::startRequested, inventories, start);
    connect(m_line, &InventoryLine::predictRequested, this, [this] { m_shell.action("predict")->trigger(); });
    connect(&m_inspector, &InspectorPanel::takeRequested, inventories, &InventoryController::takeSelected);
}

void InventoryFeature::addActions() {
    using Words = InventoryController;
    m_shell.addAction(
        MenuPlace::Glaciers, Needs::Project,
        {"startInventory", "document-edit", Words::tr("Start &inventory from layer"),
         QKeySequence(QStringLiteral("Ctrl+Alt+I")),
         Words::tr("Make an inventory of the glaciers of the highlighted layer: what is edited and "
                   "handed in")},
        [this] { m_inventories->start(referenceLayer()); });
    m_shell.addAction(
        MenuPlace::Glaciers, Needs::Project,
        {"anotherEpoch", "document-edit", Words::tr("Start inventory of another epo&ch"),
         QKeySequence(QStringLiteral("Ctrl+Alt+E")),
         Words::tr("Make an inventory of the picture's time from the glaciers of the one there is: "
                   "the same identities, none of them reviewed")},
        [this] { m_inventories->start(earlierInventory()); });
    m_shell.addAction(MenuPlace::Glaciers, Needs::Project,
                      {"emptyInventory", "document-new", Words::tr("Start &empty inventory"),
                       QKeySequence(QStringLiteral("Ctrl+Alt+N")),
                       Words::tr("Make an inventory without a glacier, of the time of the picture")},
                      [this] { m_inventories->start(); });
    m_shell.addAction(
        MenuPlace::Glaciers, Needs::Project,
        {"takeOver", "document-edit", Words::tr("&Take layer over into inventory…"),
         QKeySequence(QStringLiteral("Shift+T")),
         Words::tr("Replace what nobody touched in the inventory by what the layer says; says first how "
                   "many glaciers stay, come and go")},
        [this] { m_inventories->takeOver(referenceLayer()); });
    m_shell.addAction(MenuPlace::Glaciers, Needs::WritableGlacier,
                      {"takeOutline", "edit-copy", Words::tr("Take this &outline"),
                       QKeySequence(QStringLiteral("K")),
                       Words::tr("Bring the selected reference's outline into the inventory")},
                      [this] {
                          if (!m_editing.tools().refusesWhileBegun()) {
                              m_inventories->takeSelected();
                          }
                      });
}

void InventoryFeature::followProject() {
    connect(&m_workspace.selection(), &SelectionModel::changed, this, &InventoryFeature::updateTakeable);
    connect(&m_workspace, &Workspace::sessionStarted, this, [this] {
        connect(m_workspace.session(), &Session::layersChanged, this, &InventoryFeature::updateTakeable);
        updateTakeable();
    });
    connect(&m_workspace, &Workspace::sessionEnded, this, &InventoryFeature::updateTakeable);
    connect(&m_workspace, &Workspace::predicted, this, [this](const QString& layer, bool startedInventory) {
        if (startedInventory && m_workspace.session()->inventory()) {
            m_panel.highlight(text(m_workspace.session()->inventory()->name)); // what is edited now
        }
        if (!startedInventory && m_workspace.session()->inventory()) {
            m_inventories->takeOver(layer, false);
        }
    });
}

QString InventoryFeature::referenceLayer() const {
    QString first;
    for (const auto& row : m_panel.layers()) {
        if (outlines::isReference(row.kind)) {
            if (row.name == m_panel.currentLayer()) {
                return row.name;
            }
            first = first.isEmpty() ? row.name : first;
        }
    }
    return first;
}

QString InventoryFeature::earlierInventory() const {
    for (const auto& row : m_panel.layers()) {
        if (row.name == m_panel.currentLayer() && row.kind == outlines::LayerKind::Inventory) {
            return row.name;
        }
    }
    return m_workspace.session()->inventoryOr({});
}

std::optional<InventoryFeature::Instead> InventoryFeature::insteadOf(const outlines::OutlineRef& reference) {
    const auto& project = m_workspace.session()->project();
    if (project.isReadOnly() || !outlines::isReference(project.layer(reference.layer).kind)) {
        return std::nullopt;
    }
    const auto layer = m_workspace.session()->titleOf(text(reference.layer));
    if (project.inventories().empty()) {
        return Instead{tr("%1 is a reference, and there is no inventory yet.").arg(layer),
                       tr("Start inventory from it"),
                       [this, reference] { m_inventories->start(text(reference.layer)); }};
    }
    return Instead{tr("%1 is a reference. What is edited is the inventory.").arg(layer),
                   tr("Take this outline"), [this] { m_inventories->takeSelected(); }};
}

void InventoryFeature::offerInsteadOf(const outlines::OutlineRef& reference) {
    if (const auto instead = insteadOf(reference)) {
        m_editing.tools().offerAtPointer(instead->sentence, instead->button, instead->action);
    }
}

void InventoryFeature::showMenu(const tools::Menu& menu, QPointF at) {
    if (menu.isQuestion) {
        showViewMenu(m_viewport, m_editing.tools(), menu, at, {});
        return;
    }
    const auto named = [this](std::initializer_list<const char*> names) {
        QList<QAction*> found;
        for (const char* name : names) {
            found << m_shell.action(name);
        }
        return found;
    };
    auto shown = menu;
    QList<QList<QAction*>> groups;
    QList<QAction*> tools;
    const auto count = m_workspace.selection().outlines().size();
    const auto selected = m_workspace.selection().current();
    if (!menu.heading.isEmpty() && selected) {
        groups << named({"zoomToSelection"});
        if (const auto instead = insteadOf(*selected); instead && m_workspace.session()->inventory()) {
            groups << named({"takeOutline"});
        } else if (instead) {
            shown.items.push_back({"document-edit", instead->button, [instead](const tools::Scene&) {
                                       instead->action();
                                       return tools::Proposal();
                                   }});
        } else if (!menu.isLocked) {
            groups << named({"acceptOutline", "doubtOutline", "notAGlacier", "unreviewOutline"});
            const auto outline = m_workspace.session()->outline(*selected);
            if (count > 1) {
                tools = named({"simplify", "smooth"});
                groups << named({"merge", "explode", "bringTogether"});
            } else {
                tools =
                    named({"redraw", "brush", "hole", "split", "movePart", "simplify", "smooth", "buffer"});
            }
            if (count == 1 && outline != nullptr && outline->geometry.size() > 1) {
                groups << named({"explode"});
            }
            groups << named({"revertGlacier", "delete"});
        }
    } else if (count > 1) {
        groups << named({"bringTogether"});
    }
    groups << named({"undo", "redo"});
    showViewMenu(m_viewport, m_editing.tools(), shown, at, groups, tools);
}

void InventoryFeature::updateTakeable() {
    const auto* session = m_workspace.session();
    const auto selected = m_workspace.selection().current();
    m_inspector.setTakeable(selected && m_workspace.selection().outlines().size() == 1 &&
                            !session->project().isReadOnly() &&
                            outlines::isReference(session->project().layer(selected->layer).kind) &&
                            !session->project().inventories().empty());
}

} // namespace nunatak::ui::editing
