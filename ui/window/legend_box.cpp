// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/legend_box.h"

#include <QPainter>

#include <algorithm>
#include <utility>

namespace nunatak::ui {

namespace {

constexpr int barWidth = 190;
constexpr int inset = 10;
constexpr int gap = 8;
constexpr int barHeight = 14;
const QColor ink(0x1d, 0x22, 0x28);

} // namespace

LegendBox::LegendBox(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("legend"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
}

void LegendBox::setLegends(std::vector<NamedLegend> legends) {
    m_legends = std::move(legends);
    resize(sizeHint());
    setVisible(!m_legends.empty());
    update();
}

QSize LegendBox::sizeHint() const {
    const int line = fontMetrics().height();
    const int each = 2 * line + barHeight + gap;
    return {barWidth + 2 * inset, static_cast<int>(m_legends.size()) * each - gap + 2 * inset};
}

void LegendBox::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QColor(0, 0, 0, 50)); // on snow the plate would have no edge
    painter.setBrush(QColor(255, 255, 255, 215));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    painter.setPen(ink);
    const int line = fontMetrics().height();
    int top = inset;
    for (const auto& [name, legend] : m_legends) {
        painter.drawText(QRect(inset, top, barWidth, line), Qt::AlignLeft | Qt::AlignVCenter,
                         fontMetrics().elidedText(name, Qt::ElideRight, barWidth));
        top += line;
        painter.setPen(ink);
        paintColorBar(painter, QRectF(inset, top + 2, barWidth, barHeight + line), legend);
        painter.setPen(ink);
        top += barHeight + line + gap;
    }
}

} // namespace nunatak::ui
