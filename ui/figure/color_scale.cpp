// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figure/color_scale.h"

#include <QFontMetricsF>
#include <QLinearGradient>
#include <QPainter>

namespace nunatak::ui::figure {

namespace {

constexpr double barHeight = 12;
constexpr double space = 2;

} // namespace

double heightOf(const QPainter& painter, bool named) {
    const double line = QFontMetricsF(painter.font(), painter.device()).height();
    return barHeight + space + line + (named ? line + space : 0);
}

void paint(QPainter& painter, const QRectF& frame, const ColorScale& scale, bool named) {
    const QPen ink = painter.pen();
    const QFontMetricsF metrics(painter.font(), painter.device());
    double top = frame.top();
    if (named) {
        painter.drawText(QRectF(frame.left(), top, frame.width(), metrics.height()),
                         Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(scale.name, Qt::ElideRight, frame.width()));
        top += metrics.height() + space;
    }
    const QRectF bar(frame.left() + 0.5, top + 0.5, frame.width() - 1, barHeight - 1);
    QLinearGradient gradient(bar.left(), 0, bar.right(), 0);
    for (std::size_t i = 0; i < scale.colors.size(); ++i) {
        gradient.setColorAt(static_cast<double>(i) / std::max<std::size_t>(1, scale.colors.size() - 1),
                            scale.colors[i]);
    }
    painter.setPen(QPen(QColor(128, 128, 128), 1));
    painter.setBrush(gradient);
    painter.drawRect(bar);
    painter.setPen(ink);
    const QRectF numbers(frame.left(), top + barHeight + space, frame.width(), metrics.height());
    painter.drawText(numbers, Qt::AlignLeft | Qt::AlignTop, scale.low);
    painter.drawText(numbers, Qt::AlignHCenter | Qt::AlignTop, scale.middle);
    painter.drawText(numbers, Qt::AlignRight | Qt::AlignTop, scale.high);
}

} // namespace nunatak::ui::figure
