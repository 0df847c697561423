// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/marginalia/scale_readout.h"

#include "ui/figure/scale_bar.h"

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
    painter.setPen(QColor(0, 0, 0, 50)); // on snow the plate would have no edge
    painter.setBrush(QColor(255, 255, 255, 185));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    figure::paint(painter, {0, m_length, m_text}, QPointF(inset - 1, 4),
                  {QColor(0x1d, 0x22, 0x28), Qt::transparent});
}

} // namespace nunatak::ui::marginalia
