// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/marginalia/compass.h"

#include "ui/figure/north_arrow.h"
#include "ui/marginalia/plate.h"

#include <QPainter>

#include <cmath>
#include <numbers>

namespace nunatak::ui::marginalia {

namespace {

constexpr int compassSide = 56;
constexpr double flattest = 0.62; // of its width: still an arrow at the steepest tilt

} // namespace

Compass::Compass(QWidget* parent) : QAbstractButton(parent) {
    setObjectName(QStringLiteral("compass"));
    setToolTip(tr("True north; press to turn it up (Shift+N)"));
    setAccessibleName(tr("North arrow"));
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::NoFocus); // the action has a key of its own
    resize(sizeHint());
}

QSize Compass::sizeHint() const {
    return {compassSide, compassSide};
}

void Compass::setDirection(double north, double tilt) {
    if (std::abs(north - m_north) > 0.05 || std::abs(tilt - m_tilt) > 0.05) {
        m_north = north;
        m_tilt = tilt;
        update();
    }
}

void Compass::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF all = QRectF(rect()).adjusted(1, 1, -1, -1);
    const Plate plate(palette());
    painter.setPen(plate.edge);
    painter.setBrush(plate.fill(underMouse() ? 225 : 185));
    painter.drawEllipse(all);
    painter.translate(all.center());
    // It lies on the ground, as the view is tilted.
    painter.scale(1, std::max(flattest, std::cos(m_tilt * std::numbers::pi / 180)));
    figure::paintNorthArrow(painter, QRectF(-22, -22, 44, 44), m_north, {plate.ink, plate.fill(255)});
}

} // namespace nunatak::ui::marginalia
