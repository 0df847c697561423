// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figure/north_arrow.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

namespace nunatak::ui::figure {

namespace {

struct NorthTexts {
    Q_DECLARE_TR_FUNCTIONS(NorthArrow)
};

} // namespace

void paintNorthArrow(QPainter& painter, const QRectF& square, double direction, const Ink& ink) {
    painter.save();
    painter.translate(square.center());
    painter.rotate(direction);
    painter.scale(square.width() / 48, square.width() / 48);

    // A needle whose dark half is in the west, as on printed maps; the N stands on its point.
    QPainterPath whole;
    whole.addPolygon(QPolygonF({{0, -10}, {9, 20}, {0, 14}, {-9, 20}, {0, -10}}));
    QPainterPath west;
    west.addPolygon(QPolygonF({{0, -10}, {0, 14}, {-9, 20}, {0, -10}}));
    QPainterPath east;
    east.addPolygon(QPolygonF({{0, -10}, {9, 20}, {0, 14}, {0, -10}}));
    QPen rim(ink.rim, 3);
    rim.setJoinStyle(Qt::RoundJoin);
    painter.strokePath(whole, rim);
    painter.fillPath(east, ink.rim);
    painter.fillPath(west, ink.mark);
    QPen line(ink.mark, 1);
    line.setJoinStyle(Qt::RoundJoin);
    painter.strokePath(whole, line);

    QFont font = painter.font();
    font.setPixelSize(13);
    font.setBold(true);
    const auto text = NorthTexts::tr("N", "north");
    QPainterPath letter;
    letter.addText(0, 0, font, text);
    const auto bounds = letter.boundingRect();
    letter.translate(-bounds.center().x(), -13 - bounds.bottom());
    painter.strokePath(letter, rim);
    painter.fillPath(letter, ink.mark);
    painter.restore();
}

} // namespace nunatak::ui::figure
