// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/review_feature.h"

#include "ui/base/owned.h"
#include "ui/layers/layer_panel.h"
#include "ui/review/difference_controller.h"
#include "ui/review/panel_controller.h"
#include "ui/review/queue_keeper.h"
#include "ui/review/region_drawing.h"
#include "ui/review/review_controller.h"
#include "ui/review/review_panel.h"
#include "ui/session/shell.h"
#include "ui/session/workspace.h"

#include <QDockWidget>

namespace nunatak::ui::review {

using layers::LayerController;
using layers::LayerPanel;
using session::MenuPlace;
using session::Needs;
using session::Session;
using session::Shell;
using session::Workspace;

namespace {

/// Whether the panel was open when the project was closed.
constexpr const char* shownKey = "review_shown";

/// Somebody began to go through it, and it is not done.
bool isUnderWay(const project::Project& project) {
    for (const auto& inventory : project.inventories()) {
        const auto& count = project.reviewCount(inventory.name);
        if (count.reviewed() > 0 && count.reviewed() < count.outlines) {
            return true;
        }
    }
    return false;
}

} // namespace

ReviewFeature::ReviewFeature(Shell& shell, Workspace& workspace, viewport::Viewport& view,
                             LayerController& layers, const LayerPanel& layerPanel, editing::ToolHost& hand)
    : m_keeper(std::make_unique<QueueKeeper>(workspace)), m_region(std::make_unique<RegionDrawing>(view)),
      m_controller(std::make_unique<ReviewController>(workspace, view, layers, *m_keeper, shell.settings())) {
    auto* panel = owned<ReviewPanel>();
    panel->setConfidenceAction(shell.action("lowConfidence"));
    auto* dock = shell.addDock({"reviewDock", ReviewPanel::tr("Review"), Qt::RightDockWidgetArea, 11}, panel);
    m_panel = std::make_unique<PanelController>(workspace, view, hand, shell.settings(), *m_keeper, *m_region,
                                                *panel);
    m_difference = std::make_unique<DifferenceController>(workspace, view, layers, panel->difference());
    const auto say = [&shell](const QString& sentence) { shell.say(sentence); };
    connect(m_controller.get(), &ReviewController::said, this, say);
    connect(m_panel.get(), &PanelController::said, this, say);
    connect(m_panel.get(), &PanelController::startInventoryRequested, this,
            &ReviewFeature::startInventoryRequested);
    connect(panel, &ReviewPanel::glacierActivated, m_controller.get(), &ReviewController::visit);
    connect(dock, &QDockWidget::visibilityChanged, this, [this](bool isSeen) {
        m_panel->setSeen(isSeen);
        m_difference->setSeen(isSeen);
    });
    addActions(shell, workspace, layerPanel, dock);
    followProject(shell, workspace, dock);
}

ReviewFeature::~ReviewFeature() = default;

void ReviewFeature::addActions(Shell& shell, Workspace& workspace, const LayerPanel& panel,
                               QDockWidget* dock) {
    const auto meant = [&workspace, &panel] {
        return workspace.session()->inventoryOr(panel.currentLayer());
    };
    shell.addAction(MenuPlace::Review, Needs::Project,
                    {"nextUnreviewed", "go-next-skip", ReviewController::tr("Next to re&view"),
                     QKeySequence(QStringLiteral("R")),
                     ReviewController::tr("Select the next glacier of the queue, what needs an eye most "
                                          "first, and fly there")},
                    [this, meant] { m_controller->next(meant()); });
    shell.addAction(MenuPlace::Review, Needs::Project,
                    {"previousUnreviewed", "go-previous-skip", ReviewController::tr("Previous to revie&w"),
                     QKeySequence(QStringLiteral("Shift+R")),
                     ReviewController::tr("Select the glacier before it in the queue, and fly there")},
                    [this, meant] { m_controller->next(meant(), -1); });
    shell.addAction(
        MenuPlace::Review, Needs::Project,
        {"noteOutline", "document-edit", ReviewController::tr("&Note…"),
         QKeySequence(QStringLiteral("Shift+D")),
         ReviewController::tr("Write a note about the selected glaciers, alone or with a verdict")},
        [this, &shell, dock] {
            shell.show(dock);
            m_panel->write();
        });
}

void ReviewFeature::followProject(Shell& shell, Workspace& workspace, QDockWidget* dock) {
    connect(&workspace, &Workspace::sessionStarted, this, [this, &shell, &workspace, dock] {
        // The window puts its panels back after this.
        QMetaObject::invokeMethod(
            this,
            [this, &shell, &workspace, dock] {
                const auto* session = workspace.session();
                if (session == nullptr) {
                    return;
                }
                const auto stored = session->project().setting(shownKey);
                if (stored ? *stored == "1" : isUnderWay(session->project())) {
                    shell.show(dock);
                }
                m_panel->setSeen(dock->isVisible());
                m_difference->setSeen(dock->isVisible());
            },
            Qt::QueuedConnection);
    });
    connect(&workspace, &Workspace::sessionEnding, this, [&workspace, dock] {
        auto& project = workspace.session()->project();
        const std::string now = dock->isHidden() ? "0" : "1";
        if (!project.isReadOnly() && project.setting(shownKey) != now) {
            workspace.attempt(ReviewPanel::tr("Review"), [&] { project.setSetting(shownKey, now); });
        }
    });
}

} // namespace nunatak::ui::review
