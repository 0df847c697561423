// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/layers/inspector_controller.h"

#include "geo/paths.h"
#include "geo/shape_operations.h"
#include "ui/base/format.h"
#include "ui/layers/inspector_panel.h"
#include "ui/session/workspace.h"

#include <set>
#include <string>
#include <utility>

namespace nunatak::ui::layers {

using session::SelectionModel;
using session::Workspace;

namespace {

/// Vertices that are measured on the ellipsoid before anybody could notice; of more a worker does it.
constexpr std::size_t mostAtOnce = 2000;
/// Milliseconds in which the frame that shows what is selected has the processors to itself.
constexpr int frame = 30;

double areaOf(const std::vector<outlines::OutlineHandle>& outlines, const geo::Crs& crs,
              const Progress& progress = {}) {
    double area = 0;
    for (const auto& outline : outlines) {
        progress.throwIfStopped();
        area += geo::geodesicArea(outline->geometry, crs);
    }
    return area;
}

} // namespace

InspectorController::InspectorController(Workspace& workspace, InspectorPanel& panel)
    : m_workspace(workspace), m_panel(panel), m_attributes(workspace, panel.attributes()) {
    connect(&m_attributes, &AttributeController::done, this, &InspectorController::done);
    connect(&m_attributes, &AttributeController::settled, this, &InspectorController::show);
    m_soon.setSingleShot(true);
    connect(&m_soon, &QTimer::timeout, this, [this] { m_begin(); });
    connect(&m_workspace.selection(), &SelectionModel::changed, this, &InspectorController::show);
    connect(&m_workspace.selection(), &SelectionModel::edited, this, &InspectorController::show);
    connect(&m_workspace, &Workspace::sessionEnded, this, &InspectorController::show);
}

void InspectorController::show() {
    m_soon.stop();
    if (m_measuring != nullptr) {
        m_measuring->cancel();
        m_measuring.reset();
    }
    const auto* session = m_workspace.session();
    std::vector<outlines::OutlineHandle> outlines;
    for (const auto& ref : m_workspace.selection().outlines()) {
        if (auto outline = session->outline(ref)) {
            outlines.push_back(std::move(outline));
        }
    }
    if (outlines.empty()) {
        m_panel.clear();
        return;
    }
    m_panel.setEditable(m_attributes.isEditable());
    m_workspace.attempt(tr("Measure the glacier"), [&] {
        if (outlines.size() > 1) {
            showSeveral(outlines);
            return;
        }
        const auto selected = m_workspace.selection().current();
        const auto& outline = outlines.front();
        const bool isPath = geo::isPath(outline->geometry);
        const bool isLong = !isPath && outline->vertices() > mostAtOnce;
        m_panel.showOutline(
            *outline, text(outlines::titleOf(session->project().layer(selected->layer))),
            isLong ? std::nullopt
                   : std::optional(isPath ? geo::geodesicLength(outline->geometry, session->crs())
                                          : areaOf(outlines, session->crs())),
            session->sceneName(outline->sceneId), outline->review);
        if (isLong) {
            measure(outlines, text(outline->uuid));
        }
    });
}

void InspectorController::showSeveral(const std::vector<outlines::OutlineHandle>& outlines) {
    const auto& session = *m_workspace.session();
    std::set<std::string> layers;
    for (const auto& ref : m_workspace.selection().outlines()) {
        layers.insert(ref.layer);
    }
    std::size_t vertices = 0;
    std::set<std::string> scenes;
    for (const auto& outline : outlines) {
        vertices += outline->vertices();
        scenes.insert(outline->sceneId);
    }
    const bool isLong = vertices > mostAtOnce;
    m_panel.showSeveral(outlines,
                        layers.size() == 1 ? text(outlines::titleOf(session.project().layer(*layers.begin())))
                                           : QString(),
                        isLong ? std::nullopt : std::optional(areaOf(outlines, session.crs())),
                        scenes.size() == 1 ? session.sceneName(*scenes.begin()) : QString());
    if (isLong) {
        measure(outlines, InspectorPanel::severalKey());
    }
}

void InspectorController::measure(const std::vector<outlines::OutlineHandle>& outlines, const QString& key) {
    m_begin = [this, outlines, key] { startMeasuring(outlines, key); };
    m_soon.start(frame);
}

void InspectorController::startMeasuring(const std::vector<outlines::OutlineHandle>& outlines,
                                         const QString& key) {
    m_measuring = m_workspace.jobs().start<double>(
        tr("Measure the glacier"), jobs::Lane::Background,
        [outlines, crs = m_workspace.session()->crs()](const Progress& progress) {
            return areaOf(outlines, crs, progress);
        },
        {.succeeded =
             [this, key](double& area) {
                 m_measuring.reset();
                 m_panel.showArea(key, area);
             },
         .failed = {},
         .cancelled = {}},
        session::JobQueue::Shown::Silently);
}

} // namespace nunatak::ui::layers
