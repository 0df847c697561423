// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/marginalia/view_overlay.h"

#include "base/error.h"
#include "ui/base/owned.h"
#include "ui/marginalia/compass.h"
#include "ui/marginalia/legend_box.h"
#include "ui/marginalia/overview_map.h"
#include "ui/marginalia/overview_picture.h"
#include "ui/marginalia/scale_readout.h"
#include "ui/terrain/color_map.h"
#include "ui/viewport/clear_framing.h"
#include "ui/viewport/viewport.h"

#include <QEvent>

#include <algorithm>

namespace nunatak::ui::marginalia {

using viewport::Viewport;

namespace {

constexpr int overlayMargin = 14;

} // namespace

ViewOverlay::ViewOverlay(Viewport& viewport)
    : QObject(&viewport), m_viewport(viewport), m_compass(owned<Compass>(&viewport)),
      m_scale(owned<ScaleReadout>(&viewport)), m_overview(owned<OverviewMap>(&viewport)),
      m_legend(owned<LegendBox>(&viewport)) {
    m_viewport.installEventFilter(this);
    connect(m_compass, &Compass::clicked, this, &ViewOverlay::northRequested);
    connect(m_overview, &OverviewMap::placeChosen, &m_viewport, &Viewport::centreOn);
    connect(&m_viewport, &Viewport::cameraMoved, this, &ViewOverlay::refresh);
    refresh();
}

void ViewOverlay::setCrs(const geo::Crs& crs) {
    m_north.reset();
    if (!crs.empty()) {
        try {
            m_north.emplace(crs);
        } catch (const Error&) {
            // A system of no place on Earth: its own north is all there is.
        }
    }
    refresh();
}

double ViewOverlay::trueNorth() const {
    const auto& target = m_viewport.camera().target;
    return m_north ? m_north->bearing({target.x, target.y}) : 0;
}

void ViewOverlay::refresh() {
    const bool shown = m_viewport.terrain() != nullptr;
    m_compass->setVisible(shown);
    m_scale->setVisible(shown);
    if (shown) {
        const auto& camera = m_viewport.camera();
        m_compass->setDirection(trueNorth() - camera.heading, camera.tilt);
        m_scale->setScale(m_viewport.metresPerPixel(), camera.isParallel());
        place();
    }
    refreshOverview();
}

void ViewOverlay::setLegends(const std::vector<NamedLegend>& legends) {
    m_legends = m_viewport.terrain() != nullptr ? legends : std::vector<NamedLegend>();
    showLegends();
}

void ViewOverlay::setPredicting(bool isPredicting) {
    m_isPredicting = isPredicting;
    showLegends();
}

void ViewOverlay::showLegends() {
    auto all = m_legends;
    if (m_isPredicting && m_viewport.terrain() != nullptr) {
        all.push_back({tr("Ice, as it is being predicted"), {terrain::predictionMap, 0, 100, "%"}});
    }
    m_legend->setLegends(all);
    place();
}

void ViewOverlay::setReviews(const std::vector<figure::LineSample>& reviews) {
    if (reviews != m_reviews) {
        m_reviews = reviews;
        m_legend->setReviews(m_reviews);
        place();
    }
}

void ViewOverlay::setOverviewWanted(bool wanted) {
    m_overviewWanted = wanted;
    refreshOverview();
}

void ViewOverlay::drawOverview() {
    geo::Extent extent;
    const auto pixels = static_cast<int>(OverviewMap::side * m_viewport.devicePixelRatioF());
    m_overview->setPicture(overviewPicture(m_viewport, pixels, extent), extent);
    place();
    refreshOverview();
}

void ViewOverlay::refreshOverview() {
    const bool isBesidePart = m_overviewWanted && hasRoomForOverview() && m_viewport.terrain() != nullptr;
    m_overview->setProperty(viewport::besidePart, isBesidePart);
    const bool shown = isBesidePart && !viewport::seesWholeScene(m_viewport, m_viewport.camera());
    if (shown) {
        m_overview->setFootprint(m_viewport.footprint());
    }
    m_overview->setVisible(shown);
}

bool ViewOverlay::hasRoomForOverview() const {
    // Not over what stands in the other corners: those say what cannot be read elsewhere.
    const int left = std::max(m_scale->width(), m_legend->isHidden() ? 0 : m_legend->width());
    return left + m_overview->width() + 3 * overlayMargin <= m_viewport.width() &&
           m_compass->height() + m_overview->height() + 3 * overlayMargin <= m_viewport.height();
}

void ViewOverlay::place() {
    m_compass->move(m_viewport.width() - m_compass->width() - overlayMargin, overlayMargin);
    m_overview->move(m_viewport.width() - m_overview->width() - overlayMargin,
                     m_viewport.height() - m_overview->height() - overlayMargin);
    m_scale->move(overlayMargin, m_viewport.height() - m_scale->height() - overlayMargin);
    m_legend->move(overlayMargin, m_scale->y() - m_legend->height() - overlayMargin / 2);
}

bool ViewOverlay::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize) {
        place();
        refreshOverview();
    }
    return QObject::eventFilter(watched, event);
}

} // namespace nunatak::ui::marginalia
