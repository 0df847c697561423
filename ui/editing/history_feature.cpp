// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editing/history_feature.h"

#include "ui/base/owned.h"
#include "ui/editing/tool_host.h"
#include "ui/session/history_controller.h"
#include "ui/session/history_panel.h"
#include "ui/session/shell.h"
#include "ui/session/workspace.h"
#include "ui/viewport/viewport.h"

#include <QPolygonF>

#include <algorithm>

namespace nunatak::ui::editing {

using session::HistoryController;
using session::HistoryPanel;
using session::SelectionModel;
using session::Session;
using session::Workspace;

HistoryFeature::HistoryFeature(session::Shell& shell, Workspace& workspace, viewport::Viewport& viewport,
                               HistoryController& steps, ToolHost& tools)
    : m_shell(shell), m_workspace(workspace), m_viewport(viewport), m_steps(steps), m_tools(tools),
      m_panel(owned<HistoryPanel>()) {
    shell.addDock({"historyDock", HistoryPanel::tr("History"), Qt::RightDockWidgetArea, 8}, m_panel);
    connect(&workspace, &Workspace::sessionStarted, this, &HistoryFeature::follow);
    connect(&workspace, &Workspace::sessionEnded, this, [this] {
        m_places.clear();
        m_panel->setHistory({});
        m_panel->setWritable(false);
    });
    connect(&workspace.selection(), &SelectionModel::changed, this,
            [this] { m_panel->setGlacierSelected(m_workspace.selection().current().has_value()); });
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
}

void HistoryFeature::follow() {
    const auto* session = m_workspace.session();
    m_places.clear();
    m_panel->setHistory(session->project().history());
    m_panel->setWritable(!session->project().isReadOnly());
    connect(session, &Session::stepped, this, [this](const project::Event& event) {
        m_places.note(event);
        m_panel->add(event.step);
    });
}

void HistoryFeature::filter(bool onlyOfSelected) {
    const auto selected = m_workspace.selection().current();
    const auto* session = m_workspace.session();
    m_panel->setOnly(onlyOfSelected && selected && session != nullptr
                         ? std::optional(m_places.stepsOf(session->project(), *selected))
                         : std::nullopt);
    m_panel->setGlacierSelected(selected.has_value());
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
    m_viewport.frame(extent.grown(0.15 * std::max(extent.width(), extent.height())));
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
