// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figure/scale_bar.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace nunatak::ui::figure {

namespace {

struct ScaleTexts {
    Q_DECLARE_TR_FUNCTIONS(ScaleBar)
};

QString lengthText(double metres) {
    const QLocale locale;
    if (metres >= 1000) {
        return ScaleTexts::tr("%1 km").arg(locale.toString(metres / 1000, 'g', 6));
    }
    if (metres >= 1) {
        return ScaleTexts::tr("%1 m").arg(locale.toString(metres, 'g', 6));
    }
    return ScaleTexts::tr("%1 cm").arg(locale.toString(metres * 100, 'g', 6));
}

/// All measures of a bar follow its font, so that it keeps its looks at every resolution.
double unitOf(const QPainter& painter) {
    return QFontMetricsF(painter.font(), painter.device()).height() / 14;
}

} // namespace

ScaleBar scaleBarFor(double metresPerUnit, double room) {
    const double most = metresPerUnit * room;
    double metres = std::pow(10.0, std::floor(std::log10(most)));
    for (const double factor : {5.0, 2.0}) {
        if (metres * factor <= most * (1 + 1e-9)) {
            metres *= factor;
            break;
        }
    }
    return {metres, metres / metresPerUnit, lengthText(metres)};
}

QSizeF sizeOf(const ScaleBar& bar, const QPainter& painter) {
    const QFontMetricsF metrics(painter.font(), painter.device());
    return {std::max(bar.length, metrics.horizontalAdvance(bar.text)) + 2 * unitOf(painter),
            metrics.height() + 9 * unitOf(painter)};
}

void paint(QPainter& painter, const ScaleBar& bar, QPointF corner, const Ink& ink) {
    const QFontMetricsF metrics(painter.font(), painter.device());
    const double unit = unitOf(painter);
    paintText(painter, corner + QPointF(unit, metrics.ascent()), bar.text, ink);
    const double top = corner.y() + metrics.height() + unit;
    const double bottom = top + 6 * unit;
    QPainterPath path({corner.x() + unit, top});
    path.lineTo(corner.x() + unit, bottom);
    path.lineTo(corner.x() + unit + bar.length, bottom);
    path.lineTo(corner.x() + unit + bar.length, top);
    painter.save();
    painter.setBrush(Qt::NoBrush);
    for (const auto& [color, width] : {std::pair(ink.rim, 4.0), std::pair(ink.mark, 1.6)}) {
        QPen pen(color, width * unit);
        pen.setJoinStyle(Qt::MiterJoin);
        pen.setCapStyle(Qt::FlatCap);
        painter.strokePath(path, pen);
    }
    painter.restore();
}

void paintText(QPainter& painter, QPointF base, const QString& text, const Ink& ink) {
    QPainterPath letters;
    letters.addText(base, painter.font(), text);
    // Letters are placed in the device's own units here, as drawText does it.
    painter.save();
    painter.setBrush(Qt::NoBrush);
    QPen rim(ink.rim, 3 * unitOf(painter));
    rim.setJoinStyle(Qt::RoundJoin);
    painter.strokePath(letters, rim);
    painter.fillPath(letters, ink.mark);
    painter.restore();
}

} // namespace nunatak::ui::figure
