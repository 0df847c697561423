// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/difference_controller.h"

#include "tasks/evidence_task.h"
#include "ui/base/format.h"
#include "ui/base/hatching.h"
#include "ui/layers/layer_controller.h"
#include "ui/review/difference_box.h"
#include "ui/session/workspace.h"
#include "ui/viewport/viewport.h"

#include <QPointer>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

namespace nunatak::ui::review {

using nunatak::review::OutlineDifference;
using session::JobQueue;
using session::SelectionModel;
using session::Session;
using session::Workspace;

namespace {

constexpr std::chrono::milliseconds pause(40);

/// No layer of a project can be called so.
const QString gained = QStringLiteral("\u0001gained");
const QString lost = QStringLiteral("\u0001lost");

/// The ground with its border, hatched.
std::vector<outlines::OutlineHandle> shapesOf(const geo::MultiPolygon& ground, double spacing,
                                              HatchDirection direction) {
    std::vector<outlines::OutlineHandle> shapes;
    for (const auto& shape : {ground, hatching(ground, spacing, direction)}) {
        if (!shape.empty()) {
            outlines::Outline outline;
            outline.uuid = outlines::makeUuid();
            outline.geometry = shape;
            shapes.push_back(outlines::share(std::move(outline)));
        }
    }
    return shapes;
}

} // namespace

DifferenceController::DifferenceController(Workspace& workspace, viewport::Viewport& viewport,
                                           layers::LayerController& layers, DifferenceBox& box)
    : m_workspace(workspace), m_viewport(viewport), m_layers(layers), m_box(box) {
    m_soon.setSingleShot(true);
    m_soon.setInterval(pause);
    connect(&m_soon, &QTimer::timeout, this, &DifferenceController::look);
    connect(&m_workspace.selection(), &SelectionModel::changed, this, &DifferenceController::follow);
    connect(&m_workspace.selection(), &SelectionModel::edited, this, &DifferenceController::follow);
    connect(&m_workspace, &Workspace::sessionStarted, this, [this] {
        connect(m_workspace.session(), &Session::layersChanged, this, &DifferenceController::follow);
    });
    connect(&m_workspace, &Workspace::sessionEnded, this, &DifferenceController::follow);
    connect(&m_box, &DifferenceBox::chosenChanged, this, &DifferenceController::look);
    connect(&m_box, &DifferenceBox::farthestRequested, this, [this] {
        if (m_difference) {
            const double side = std::max(200.0, 3 * m_difference->largestDistance.value_or(0));
            const auto& place = m_difference->farthest;
            m_layers.flyTo(geo::Extent{place.x, place.y, place.x, place.y}.grown(side / 2));
        }
    });
}

void DifferenceController::setSeen(bool isSeen) {
    m_isSeen = isSeen;
    follow();
}

void DifferenceController::follow() {
    if (m_job != nullptr) {
        m_job->cancel();
        m_job.reset();
    }
    if (m_workspace.session() == nullptr || !m_isSeen) {
        m_soon.stop();
        clear();
        m_box.offer({});
        m_box.say({});
        return;
    }
    m_soon.start();
}

void DifferenceController::look() {
    const QPointer<Session> session = m_workspace.session();
    const auto& selected = m_workspace.selection().outlines();
    const auto outline =
        session != nullptr && m_isSeen && selected.size() == 1 ? session->outline(selected.front()) : nullptr;
    if (m_job != nullptr) {
        m_job->cancel();
        m_job.reset();
    }
    if (outline == nullptr) {
        clear();
        m_box.offer({});
        m_box.say({});
        return;
    }
    const auto found = tasks::counterpartsOf(session->project(), selected.front());
    const std::array others{found.prediction, found.expert, found.start};
    std::array<QString, 3> titles;
    for (std::size_t i = 0; i < others.size(); ++i) {
        titles[i] = others[i] ? session->titleOf(text(others[i]->layer)) : QString();
    }
    m_box.offer(titles);
    const auto chosen = m_box.chosen();
    const auto& other = chosen ? others[static_cast<std::size_t>(*chosen)] : std::nullopt;
    if (!other) {
        clear();
        m_box.say({});
        return;
    }
    m_job = m_workspace.jobs().start<OutlineDifference>(
        tr("Compare two outlines"), jobs::Lane::Aside,
        [before = other->outline, outline, crs = session->crs()](const Progress&) {
            return nunatak::review::differenceBetween(before->geometry, outline->geometry, crs);
        },
        {.succeeded =
             [this, outline](OutlineDifference& difference) {
                 m_job.reset();
                 m_difference = std::move(difference);
                 m_box.showDifference(*m_difference);
                 draw();
             },
         .failed =
             [this](const QString& sentence) {
                 m_job.reset();
                 clear();
                 m_box.say(sentence.toHtmlEscaped());
             },
         .cancelled = {}},
        JobQueue::Shown::Silently);
}

void DifferenceController::draw() {
    geo::Extent extent = geo::extentOf(m_difference->gained);
    extent.include(geo::extentOf(m_difference->lost));
    constexpr double linesAcross = 60;
    const double spacing = std::max(5.0, std::hypot(extent.width(), extent.height()) / linesAcross);
    m_viewport.setLayer(gained, shapesOf(m_difference->gained, spacing, HatchDirection::NorthEast),
                        {gainedColor, 1.5, true});
    m_viewport.setLayer(lost, shapesOf(m_difference->lost, spacing, HatchDirection::SouthEast),
                        {lostColor, 1.5, true});
    m_isDrawn = true;
}

void DifferenceController::clear() {
    m_difference.reset();
    if (m_isDrawn) {
        m_viewport.removeLayer(gained);
        m_viewport.removeLayer(lost);
        m_isDrawn = false;
    }
}

} // namespace nunatak::ui::review
