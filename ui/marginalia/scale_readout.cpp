// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/marginalia/scale_readout.h"

#include "ui/figure/scale_bar.h"
#include "ui/marginalia/plate.h"

#include <QPainter>

namespace nunatak::ui::marginalia {

namespace {

constexpr double longestBar = 160; // pixels
constexpr double inset = 10;

} // namespace

ScaleReadout::ScaleReadout(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("scaleBar"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
}

void ScaleReadout::setScale(double metresPerPixel, bool everywhere) {
    if (metresPerPixel == m_metresPerPixel && everywhere == m_everywhere) {
        return;
    }
    m_metresPerPixel = metresPerPixel;
    m_everywhere = everywhere;
    const auto bar = figure::scaleBarFor(metresPerPixel, longestBar);
    m_length = bar.length;
    m_text = everywhere ? bar.text : tr("%1 in the middle").arg(bar.text);
    resize(sizeHint());
    update();
}

QSize ScaleReadout::sizeHint() const {
    const double width = std::max(m_length, static_cast<double>(fontMetrics().horizontalAdvance(m_text)));
    return {static_cast<int>(width + 2 * inset), fontMetrics().height() + 22};
}

void ScaleReadout::paintEvent(QPaintEvent*) {
    if (m_length <= 0) {
        return;
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Plate plate(palette());
    painter.setPen(plate.edge);
    painter.setBrush(plate.fill(185));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    figure::paint(painter, {0, m_length, m_text}, QPointF(inset - 1, 4), {plate.ink, Qt::transparent});
}

} // namespace nunatak::ui::marginalia
