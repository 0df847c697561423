// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ground/place_readout.h"

#include "base/error.h"
#include "ui/base/format.h"
#include "ui/base/owned.h"
#include "ui/viewport/viewport.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace nunatak::ui::ground {

using viewport::PointerEvent;
using viewport::Viewport;

namespace {

constexpr double metresPerInch = 0.0254;
constexpr int sideMargin = 6;
constexpr int spacing = 14;

} // namespace

PlaceReadout::PlaceReadout(Viewport& viewport, QWidget* parent) : QWidget(parent), m_viewport(viewport) {
    m_crs = owned<QLabel>();
    m_map = owned<QLabel>();
    m_degrees = owned<QLabel>();
    m_elevation = owned<QLabel>();
    m_scale = owned<QLabel>();
    m_map->setObjectName(QStringLiteral("mapCoordinates"));
    m_degrees->setObjectName(QStringLiteral("degrees"));
    m_elevation->setObjectName(QStringLiteral("elevation"));
    m_scale->setObjectName(QStringLiteral("scale"));
    m_crs->setToolTip(tr("The project's coordinate system"));
    m_map->setToolTip(tr("East and north of the pointer in the project's coordinate system"));
    m_degrees->setToolTip(tr("Latitude and longitude of the pointer"));
    m_elevation->setToolTip(tr("Elevation at the pointer"));
    m_scale->setToolTip(tr("Scale at the middle of the view"));
    m_crs->setForegroundRole(QPalette::PlaceholderText);

    auto* layout = owned<QHBoxLayout>(this);
    layout->setContentsMargins(sideMargin, 0, 0, 0);
    layout->setSpacing(spacing);
    // Room for the longest text keeps the others from jumping while the pointer moves.
    m_map->setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("E 0,000,000  N 0,000,000")));
    m_degrees->setMinimumWidth(fontMetrics().horizontalAdvance(degreesText({-179.99, -89.99})));
    m_elevation->setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("0,000 m")));
    for (auto* label : {m_scale, m_elevation, m_map, m_degrees, m_crs}) {
        layout->addWidget(label);
    }
    // A narrow window has the rest, too, in the panel of what is under the pointer.
    setMinimumWidth(sideMargin + widthOf(*m_map) + widthOf(*m_elevation));

    connect(&m_viewport, &Viewport::pointerMoved, this, &PlaceReadout::showPlace);
    connect(&m_viewport, &Viewport::pointerLeft, this, &PlaceReadout::showNothing);
    connect(&m_viewport, &Viewport::cameraMoved, this, &PlaceReadout::showScale);
}

int PlaceReadout::widthOf(const QLabel& label) const {
    return std::max(label.minimumWidth(), label.sizeHint().width()) + spacing;
}

QSize PlaceReadout::sizeHint() const {
    int width = sideMargin;
    for (const auto* label : {m_scale, m_elevation, m_map, m_degrees, m_crs}) {
        width += widthOf(*label);
    }
    return {width, QWidget::sizeHint().height()};
}

void PlaceReadout::fit() {
    int width = sizeHint().width();
    for (auto* label : {m_degrees, m_crs, m_scale}) {
        const bool isTooMuch = width > this->width();
        label->setVisible(!isTooMuch);
        width -= isTooMuch ? widthOf(*label) : 0;
    }
}

void PlaceReadout::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fit();
}

void PlaceReadout::setCrs(const geo::Crs& crs) {
    showNothing();
    m_toDegrees.reset();
    m_metric = !crs.empty();
    m_crs->setText(crs.epsg() ? QStringLiteral("EPSG:%1").arg(*crs.epsg()) : text(crs.name()));
    m_crs->setToolTip(tr("The project's coordinate system: %1").arg(text(crs.name())));
    m_scale->clear();
    fit();
    if (m_metric) {
        try {
            m_toDegrees.emplace(crs, geo::Crs::fromUserInput("EPSG:4326"));
        } catch (const Error&) {
            // A system of no place on Earth: the map coordinates alone say where the pointer is.
        }
    }
}

void PlaceReadout::showPlace(const PointerEvent& event) {
    if (!m_metric) {
        return;
    }
    const QLocale locale;
    m_map->setText(
        tr("E %1  N %2")
            .arg(locale.toString(std::llround(event.map.x)), locale.toString(std::llround(event.map.y))));
    m_elevation->setText(tr("%1 m").arg(locale.toString(std::llround(event.elevation))));
    m_degrees->clear();
    if (m_toDegrees) {
        try {
            m_degrees->setText(degreesText((*m_toDegrees)(event.map)));
        } catch (const Error&) {
            // Beyond what the projection can express; nothing to show there.
        }
    }
}

void PlaceReadout::showNothing() {
    m_map->clear();
    m_degrees->clear();
    m_elevation->clear();
}

void PlaceReadout::showScale() {
    if (m_metric && m_viewport.terrain() != nullptr) {
        const double pixelMetres = metresPerInch / m_viewport.logicalDpiX();
        m_scale->setText(scaleText(m_viewport.metresPerPixel() / pixelMetres));
        fit(); // it may be longer than the one before, in a bar that has no more room
    }
}

} // namespace nunatak::ui::ground
