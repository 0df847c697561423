// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editing/history_feature.h"

#include "project/step_tools.h"
#include "ui/base/format.h"
#include "ui/base/owned.h"
#include "ui/editing/deleted_controller.h"
#include "ui/editing/past_menu.h"
#include "ui/editing/tool_host.h"
#include "ui/session/history_controller.h"
#include "ui/session/history_panel.h"
#include "ui/session/shell.h"
#include "ui/session/workspace.h"
#include "ui/tools/neighbours_option.h"
#include "ui/viewport/clear_framing.h"
#include "ui/viewport/viewport.h"

#include <QPointer>
#include <QPolygonF>

#include <algorithm>
#include <set>
#include <utility>

namespace nunatak::ui::editing {

using session::HistoryController;
using session::HistoryPanel;
using session::MenuPlace;
using session::Needs;
using session::SelectionModel;
using session::Session;
using session::Workspace;

HistoryFeature::HistoryFeature(session::Shell& shell, Workspace& workspace, viewport::Viewport& viewport,
                               HistoryController& steps, ToolHost& tools)
    : m_shell(shell), m_workspace(workspace), m_viewport(viewport), m_steps(steps), m_tools(tools),
      m_panel(owned<HistoryPanel>()),
      m_deleted(std::make_unique<DeletedController>(workspace, viewport, tools, &shell.window())) {
    shell.addDock({"historyDock", HistoryPanel::tr("History"), Qt::RightDockWidgetArea, 8}, m_panel);
    connect(&workspace, &Workspace::sessionStarted, this, &HistoryFeature::follow);
    connect(&workspace, &Workspace::sessionEnded, this, [this] {
        m_places.clear();
        m_isOfGlacier = false;
        m_panel->setHistory({});
        m_panel->setWritable(false);
    });
    connect(&workspace.selection(), &SelectionModel::changed, this, &HistoryFeature::followSelection);
    connect(m_panel, &HistoryPanel::revertRequested, this, &HistoryFeature::askForRevert);
    connect(m_panel, &HistoryPanel::stepActivated, this, &HistoryFeature::flyTo);
    connect(m_panel, &HistoryPanel::goBackRequested, &m_steps, &HistoryController::goBackTo);
    connect(m_panel, &HistoryPanel::glacierFilterToggled, this, &HistoryFeature::filter);
    connect(&m_steps, &HistoryController::tookBack, this,
            [this](const QString& description, const geo::Extent& extent) {
                tell(HistoryPanel::tr("Taken back: %1%2"), description, extent, HistoryPanel::tr("Redo"),
                     &HistoryController::redo);
            });
    connect(&m_steps, &HistoryController::didAgain, this,
            [this](const QString& description, const geo::Extent& extent) {
                tell(HistoryPanel::tr("Done again: %1%2"), description, extent, HistoryPanel::tr("Undo"),
                     &HistoryController::undo);
            });
    shell.addAction(MenuPlace::Glaciers, Needs::WritableGlacier,
                    {"revertGlacier", "edit-undo-history", HistoryPanel::tr("Re&vert glacier…"),
                     QKeySequence(QStringLiteral("Ctrl+Alt+Z")),
                     HistoryPanel::tr("Put the selected glacier alone back as it was: choose when")},
                    [this] { askForRevert(); });
    shell.addAction(
        MenuPlace::Glaciers, Needs::Project,
        {"deletedGlaciers", "edit-undo-history", HistoryPanel::tr("De&leted glaciers…"),
         QKeySequence(QStringLiteral("Ctrl+Shift+D")),
         HistoryPanel::tr("List what was deleted of the layer that is edited, look where it was, and "
                          "bring it back")},
        [this] { m_deleted->open(); });
}

HistoryFeature::~HistoryFeature() = default;

void HistoryFeature::follow() {
    const auto* session = m_workspace.session();
    m_places.clear();
    m_panel->setMerged(session->project().mergedSteps());
    m_panel->setHistory(session->project().history());
    m_panel->setWritable(!session->project().isReadOnly());
    connect(session, &Session::stepped, this, [this](const project::Event& event) {
        m_places.note(event);
        if (event.step.tool == project::tools::merge) {
            m_panel->setMerged(m_workspace.session()->project().mergedSteps());
        }
        m_panel->add(event.step);
        // Later: to read waits for the step to be saved, and that waits for who is told of it.
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (m_isOfGlacier && m_workspace.session() != nullptr) {
                    filter(true);
                }
            },
            Qt::QueuedConnection);
    });
}

void HistoryFeature::followSelection() {
    const auto* session = m_workspace.session();
    const auto selected = m_workspace.selection().current();
    m_panel->setGlacierSelected(selected.has_value(),
                                selected && !session->project().isReadOnly() &&
                                    !outlines::isReference(session->project().layer(selected->layer).kind));
}

void HistoryFeature::filter(bool onlyOfSelected) {
    m_isOfGlacier = onlyOfSelected && m_workspace.selection().current().has_value();
    if (!m_isOfGlacier) {
        m_panel->setOnly(std::nullopt);
        followSelection();
        return;
    }
    readPast(HistoryPanel::tr("History of the glacier"), [this](const project::OutlinePast& past) {
        std::set<std::int64_t> steps;
        for (const auto& moment : past.moments) {
            steps.insert(moment.step.id);
        }
        if (m_isOfGlacier) {
            m_panel->setOnly(steps);
        }
    });
    followSelection();
}

void HistoryFeature::readPast(const QString& what, std::function<void(const project::OutlinePast&)> then) {
    const QPointer<Session> session = m_workspace.session();
    const auto selected = m_workspace.selection().current();
    if (session == nullptr || !selected) {
        return;
    }
    if (m_reading != nullptr) {
        m_reading->cancel();
    }
    m_workspace.attempt(what, [&] {
        m_reading = m_workspace.jobs().start<project::OutlinePast>(
            what, jobs::Lane::Aside,
            [plan = project::planPast(session->project(), *selected)](const Progress&) { return plan(); },
            {.succeeded =
                 [this, session, selected, then](project::OutlinePast& past) {
                     const auto now = m_workspace.selection().current();
                     if (session != nullptr && now == selected) {
                         then(past);
                     }
                 },
             .failed = [this, what](const QString& sentence) { Q_EMIT m_workspace.problem(what, sentence); },
             .cancelled = {}},
            session::JobQueue::Shown::Silently);
    });
}

void HistoryFeature::askForRevert() {
    const auto selected = m_workspace.selection().current();
    if (m_tools.refusesWhileBegun()) {
        return;
    }
    if (m_workspace.selection().outlines().size() != 1) {
        m_tools.remark(HistoryPanel::tr("Select one glacier to put back."));
        return;
    }
    if (const auto why = m_tools.scene().lock(*selected); !why.isEmpty()) {
        m_tools.carryOut([why, selected](const tools::Scene&) {
            tools::Proposal refused;
            refused.refusal = why;
            refused.locked = *selected;
            return refused;
        });
        return;
    }
    readPast(HistoryPanel::tr("What the glacier was"), [this, selected](const project::OutlinePast& past) {
        const auto neighbours = tools::chosenNeighbours(
            {{QString::fromLatin1(tools::neighboursOption().id), m_tools.chosen(tools::neighboursOption())}});
        const auto menu = pastMenu(past, *selected, neighbours);
        if (menu.items.empty()) {
            m_tools.remark(past.gap.empty() ? HistoryPanel::tr("It was never anything else.")
                                            : text(past.gap));
            return;
        }
        const QPointF hand = m_tools.pointer();
        const QRectF view = m_viewport.rect();
        Q_EMIT m_tools.menuRequested(menu, view.contains(hand) ? hand : view.center());
    });
}

void HistoryFeature::flyTo(std::int64_t step) {
    const auto* session = m_workspace.session();
    if (session == nullptr) {
        return;
    }
    const auto changed = m_places.of(session->project(), step);
    const auto& extent = changed.extent;
    if (extent.empty()) {
        m_shell.say(HistoryPanel::tr(
            "This step was made before the project was opened, and names no glacier to fly to."));
        return;
    }
    viewport::frameClear(m_viewport, extent);
    constexpr std::size_t few = 20;
    if (changed.outlines.size() <= few) {
        m_workspace.selection().select(changed.outlines); // what is gone is left out
    }
}

void HistoryFeature::tell(const QString& sentence, const QString& step, const geo::Extent& where,
                          const QString& button, void (HistoryController::*way)()) {
    QPolygonF corners;
    for (const geo::Point corner : {geo::Point{where.xmin, where.ymin}, geo::Point{where.xmax, where.ymin},
                                    geo::Point{where.xmax, where.ymax}, geo::Point{where.xmin, where.ymax}}) {
        if (const auto place = where.empty() ? std::nullopt : m_viewport.project(corner)) {
            corners << *place;
        }
    }
    constexpr double leastSide = 1; // a point is a place, too
    const QRectF shown = corners.boundingRect().adjusted(-leastSide, -leastSide, leastSide, leastSide);
    const bool isSeen = where.empty() || (!corners.isEmpty() && shown.intersects(m_viewport.rect()));
    m_tools.offer(sentence.arg(step, isSeen ? QString() : HistoryPanel::tr(" (outside the view)")), button,
                  [this, way] { (m_steps.*way)(); });
}

} // namespace nunatak::ui::editing
