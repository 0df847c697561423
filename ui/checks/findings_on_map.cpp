// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/checks/findings_on_map.h"

#include "geo/shape_operations.h"
#include "ui/base/hatching.h"
#include "ui/session/workspace.h"
#include "ui/viewport/viewport.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <utility>

namespace nunatak::ui::checks {

using nunatak::editing::Fault;
using nunatak::editing::Finding;
using session::JobQueue;
using session::Workspace;
using viewport::Viewport;

namespace {

/// No layer of a project can be called so.
const QString twiceLayer = QStringLiteral("\u0001findings twice");
const QString otherLayer = QStringLiteral("\u0001findings");
const QString commonLayer = QStringLiteral("\u0001findings common");
const viewport::LayerStyle red{QColor(255, 54, 46), 2.4, true};
const viewport::LayerStyle amber{QColor(255, 196, 0), 2, true};
constexpr double leastRadius = 12; // pixels

bool isTwice(const Finding& finding) {
    return finding.kind == Fault::Overlap || finding.kind == Fault::Duplicate;
}

outlines::OutlineHandle shapeOf(const std::string& name, geo::MultiPolygon shape) {
    outlines::Outline outline;
    outline.uuid = name;
    outline.geometry = std::move(shape);
    return outlines::share(std::move(outline));
}

geo::MultiPolygon ringAround(const geo::Extent& extent, double least) {
    constexpr int corners = 32;
    const geo::Point middle = extent.center();
    const double radius = std::max(least, 0.6 * std::hypot(extent.width(), extent.height()));
    geo::Ring ring;
    for (int i = 0; i < corners; ++i) {
        const double angle = 2 * std::numbers::pi * i / corners;
        ring.push_back({middle.x + radius * std::cos(angle), middle.y + radius * std::sin(angle)});
    }
    return {{std::move(ring), {}}};
}

} // namespace

FindingsOnMap::FindingsOnMap(Workspace& workspace, Viewport& view) : m_workspace(workspace), m_view(view) {
    m_soon.setSingleShot(true);
    m_soon.setInterval(0);
    connect(&m_soon, &QTimer::timeout, this, &FindingsOnMap::draw);
    connect(&m_view, &Viewport::becameSharp, this, [this] {
        // Rings keep their size on the screen, roughly.
        constexpr double noticeable = 1.3;
        const double now = m_view.metresPerPixel();
        if (m_isDrawn && (now > noticeable * m_metresPerPixel || noticeable * now < m_metresPerPixel)) {
            draw();
        }
    });
}

void FindingsOnMap::setSeen(bool isSeen) {
    m_isSeen = isSeen;
    m_soon.start();
}

void FindingsOnMap::setFindings(std::vector<Finding> findings) {
    m_findings = std::move(findings);
    m_soon.start();
}

void FindingsOnMap::lookAt(const std::optional<Finding>& finding) {
    m_looked = finding;
    m_soon.start();
}

void FindingsOnMap::draw() {
    if (!m_isSeen || m_findings.empty() || m_workspace.session() == nullptr) {
        clear();
        return;
    }
    m_metresPerPixel = m_view.metresPerPixel();
    std::vector<outlines::OutlineHandle> twice;
    std::vector<outlines::OutlineHandle> others;
    for (const Finding& finding : m_findings) {
        auto& rings = isTwice(finding) ? twice : others;
        rings.push_back(shapeOf(std::to_string(rings.size()),
                                ringAround(finding.extent, leastRadius * m_metresPerPixel)));
    }
    m_view.setLayer(otherLayer, others, amber);
    m_view.setLayer(twiceLayer, twice, red);
    m_isDrawn = true;
    drawCommon();
}

void FindingsOnMap::drawCommon() {
    if (m_job != nullptr) {
        m_job->cancel();
        m_job.reset();
    }
    m_view.removeLayer(commonLayer);
    const auto* session = m_workspace.session();
    if (!m_looked || !isTwice(*m_looked) || m_looked->outlines.size() != 2) {
        return;
    }
    const auto one = session->outline(m_looked->outlines[0]);
    const auto other = session->outline(m_looked->outlines[1]);
    if (one == nullptr || other == nullptr) {
        return;
    }
    m_job = m_workspace.jobs().start<geo::MultiPolygon>(
        tr("Show an overlap"), jobs::Lane::Aside,
        [one, other](const Progress&) { return geo::intersection(one->geometry, other->geometry); },
        {.succeeded =
             [this](geo::MultiPolygon& common) {
                 m_job.reset();
                 if (!m_isDrawn || common.empty()) {
                     return;
                 }
                 constexpr double linesAcross = 30;
                 const auto extent = geo::extentOf(common);
                 const double spacing =
                     std::max(1.0, std::hypot(extent.width(), extent.height()) / linesAcross);
                 m_view.setLayer(commonLayer,
                                 {shapeOf("ground", common),
                                  shapeOf("hatching", hatching(common, spacing, HatchDirection::NorthEast))},
                                 red);
             },
         .failed = [this](const QString&) { m_job.reset(); }, // the list says what it is all the same
         .cancelled = {}},
        JobQueue::Shown::Silently);
}

void FindingsOnMap::clear() {
    if (m_job != nullptr) {
        m_job->cancel();
        m_job.reset();
    }
    if (std::exchange(m_isDrawn, false)) {
        for (const QString& layer : {twiceLayer, otherLayer, commonLayer}) {
            m_view.removeLayer(layer);
        }
    }
}

} // namespace nunatak::ui::checks
