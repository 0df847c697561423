// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figure/figure.h"

#include "ui/figure/graticule.h"
#include "ui/figure/north_arrow.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <map>

namespace nunatak::ui::figure {

namespace {

struct FigureTexts {
    Q_DECLARE_TR_FUNCTIONS(Figure)
};

constexpr double textSize = 12;    // units, 9 points
constexpr double labelSize = 10.5; // units, 8 points
constexpr double border = 10;
constexpr double gap = 12;           // between the frame and what stands in its corners
constexpr double finestDetail = 0.1; // units, 0.03 mm: nothing closer can be printed
constexpr int graticuleLines = 5;

const QColor dark(0x1d, 0x22, 0x28);
const QColor plate(255, 255, 255, 205);
const QColor plateEdge(0, 0, 0, 70); // on snow a plate would have none

QFont fontOf(const QPainter& painter, double size) {
    QFont font = painter.font();
    font.setPixelSize(static_cast<int>(std::lround(size)));
    return font;
}

void paintPlate(QPainter& painter, const QRectF& rect) {
    painter.save();
    painter.setPen(QPen(plateEdge, 0.7));
    painter.setBrush(plate);
    painter.drawRoundedRect(rect, 5, 5);
    painter.restore();
}

void paintOutlines(QPainter& painter, const Figure& figure, const Progress& progress) {
    const auto visible = figure.map->extent();
    painter.setBrush(Qt::NoBrush);
    for (auto layer = figure.layers.rbegin(); layer != figure.layers.rend(); ++layer) {
        // What was worked on lies over what is as it came.
        std::map<outlines::OutlineState, QPainterPath> lines;
        for (const auto& outline : layer->outlines) {
            progress.throwIfStopped();
            if (outline->extent().intersects(visible)) {
                const auto state =
                    layer->isReference ? outlines::OutlineState::Reference : outlines::stateOf(*outline);
                lines[state].addPath(figure.map->path(outline->geometry, finestDetail));
            }
        }
        for (const auto& [state, path] : lines) {
            paint(painter, path, {layer->color, layer->width, state});
        }
    }
}

/// Where a polyline crosses the line x = at (or y = at), as the other coordinate.
std::vector<double> crossings(const QPolygonF& line, bool ofX, double at) {
    std::vector<double> found;
    for (int i = 0; i + 1 < line.size(); ++i) {
        const auto a = line[i];
        const auto b = line[i + 1];
        const double from = (ofX ? a.x() : a.y()) - at;
        const double to = (ofX ? b.x() : b.y()) - at;
        if ((from < 0) != (to < 0)) {
            const double share = from / (from - to);
            found.push_back(ofX ? a.y() + share * (b.y() - a.y()) : a.x() + share * (b.x() - a.x()));
        }
    }
    return found;
}

void paintGraticule(QPainter& painter, const Figure& figure) {
    const auto& frame = figure.frame;
    const QFontMetricsF metrics(painter.font(), painter.device());
    const double ascent = metrics.capHeight();
    for (const auto& line : graticule(figure.crs, figure.map->extent(), graticuleLines)) {
        QPolygonF places;
        for (const auto& point : line.points) {
            places << figure.map->toPage(point);
        }
        painter.save();
        painter.setClipRect(frame, Qt::IntersectClip);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(QColor(0, 0, 0, 70), 1.6));
        painter.drawPolyline(places);
        painter.setPen(QPen(QColor(255, 255, 255, 190), 0.7));
        painter.drawPolyline(places);
        painter.restore();

        const double width = metrics.horizontalAdvance(line.label);
        painter.setPen(dark);
        if (line.meridian) {
            for (const auto& [edge, base] : {std::pair(frame.top(), frame.top() - 6),
                                             std::pair(frame.bottom(), frame.bottom() + 6 + ascent)}) {
                for (const double x : crossings(places, false, edge)) {
                    if (x - width / 2 >= frame.left() && x + width / 2 <= frame.right()) {
                        painter.drawLine(QPointF(x, edge), QPointF(x, edge + (base < edge ? -4 : 4)));
                        painter.drawText(QPointF(x - width / 2, base), line.label);
                    }
                }
            }
        } else {
            for (const auto& [edge, base] : {std::pair(frame.left(), frame.left() - 6),
                                             std::pair(frame.right(), frame.right() + 6 + ascent)}) {
                for (const double y : crossings(places, true, edge)) {
                    if (y - width / 2 >= frame.top() && y + width / 2 <= frame.bottom()) {
                        painter.drawLine(QPointF(edge, y), QPointF(edge + (base < edge ? -4 : 4), y));
                        painter.save();
                        painter.translate(base, y);
                        painter.rotate(-90);
                        painter.drawText(QPointF(-width / 2, 0), line.label);
                        painter.restore();
                    }
                }
            }
        }
    }
}

void paintScale(QPainter& painter, const Figure& figure) {
    auto bar = scaleBarFor(figure.metresPerUnit, std::min(160.0, figure.frame.width() / 4));
    if (!figure.map) {
        bar.text = FigureTexts::tr("%1 in the middle").arg(bar.text);
    }
    const auto size = sizeOf(bar, painter) + QSizeF(16, 8);
    const QRectF place(QPointF(figure.frame.left() + gap, figure.frame.bottom() - gap - size.height()), size);
    paintPlate(painter, place);
    paint(painter, bar, place.topLeft() + QPointF(7, 3), {dark, Qt::transparent});
}

/// Above the scale bar.
void paintColorScales(QPainter& painter, const Figure& figure) {
    if (figure.scales.empty()) {
        return;
    }
    constexpr double width = 180;
    constexpr double inside = 9;
    const double each = heightOf(painter, true);
    const double height = static_cast<double>(figure.scales.size()) * (each + inside) + inside;
    const double bar = QFontMetricsF(painter.font(), painter.device()).height() + 9 + 8 + gap;
    const double below = figure.furniture.scale ? bar : 0;
    const QRectF place(figure.frame.left() + gap, figure.frame.bottom() - gap - below - height,
                       width + 2 * inside, height);
    paintPlate(painter, place);
    painter.setPen(dark);
    double top = place.top() + inside;
    for (const auto& scale : figure.scales) {
        paint(painter, {place.left() + inside, top, width, each}, scale, true);
        top += each + inside;
    }
}

void paintNorth(QPainter& painter, const Figure& figure) {
    constexpr double side = 46;
    const QRectF place(figure.frame.right() - gap - side, figure.frame.top() + gap, side, side);
    painter.save();
    painter.setPen(QPen(plateEdge, 0.7));
    painter.setBrush(plate);
    painter.drawEllipse(place);
    painter.restore();
    paintNorthArrow(painter, place.adjusted(4, 4, -4, -4), figure.north, {dark, Qt::white});
}

void paintLegend(QPainter& painter, const Figure& figure) {
    std::vector<LineSample> samples;
    for (const auto& layer : figure.layers) {
        samples.push_back(
            {layer.name,
             {layer.color, layer.width,
              layer.isReference ? outlines::OutlineState::Reference : outlines::OutlineState::Untouched}});
    }
    samples.insert(samples.end(), figure.reviews.begin(), figure.reviews.end());
    if (samples.empty()) {
        return;
    }
    const QSizeF size = sizeOf(QFontMetricsF(painter.font(), painter.device()), samples) + QSizeF(18, 8);
    const QRectF place(
        QPointF(figure.frame.right() - gap - size.width(), figure.frame.bottom() - gap - size.height()),
        size);
    paintPlate(painter, place);
    painter.setPen(dark);
    paint(painter, place.topLeft() + QPointF(9, 4), samples);
}

void paintInset(QPainter& painter, const Figure& figure) {
    const auto& inset = *figure.inset;
    const double width = std::min(130.0, figure.frame.width() * 0.24);
    const double height = width * inset.extent.height() / inset.extent.width();
    const QRectF place(figure.frame.left() + gap, figure.frame.top() + gap, width, height);
    painter.save();
    painter.drawImage(place, inset.picture);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(Qt::white, 3));
    painter.drawRect(place);
    painter.setPen(QPen(dark, 1));
    painter.drawRect(place);
    painter.setClipRect(place);
    const MapFrame whole{place, inset.extent.center(), inset.extent.width() / width, 0};
    QPolygonF here;
    for (const auto& corner : {figure.frame.topLeft(), figure.frame.topRight(), figure.frame.bottomRight(),
                               figure.frame.bottomLeft()}) {
        here << whole.toPage(figure.map->toMap(corner));
    }
    painter.setPen(QPen(Qt::white, 3));
    painter.drawPolygon(here);
    painter.setPen(QPen(QColor(0xd6, 0x1f, 0x1f), 1.5));
    painter.drawPolygon(here);
    painter.restore();
}

} // namespace

QRectF frameOn(QSizeF page, const Furniture& furniture, bool map, bool caption) {
    const bool labels = map && furniture.graticule;
    const double side = labels ? border + textSize + 4 : 0;
    const double below = side + (caption ? textSize + 12 : 0);
    return {side, side, page.width() - 2 * side, page.height() - side - below};
}

void paint(QPainter& painter, const Figure& figure, const Progress& progress) {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.setFont(fontOf(painter, textSize));
    painter.fillRect(QRectF(QPointF(), figure.page), Qt::white);
    painter.drawImage(figure.frame, figure.picture);
    progress.report(0.1, "Drawing outlines");
    if (figure.map) {
        painter.save();
        painter.setClipRect(figure.frame);
        paintOutlines(painter, figure, progress);
        painter.restore();
    }
    progress.report(0.4, "Drawing the frame");
    if (figure.map && figure.furniture.graticule) {
        painter.save();
        painter.setFont(fontOf(painter, labelSize));
        paintGraticule(painter, figure);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(dark, 1));
        painter.drawRect(figure.frame);
        painter.restore();
    }
    if (figure.furniture.scale) {
        paintScale(painter, figure);
    }
    if (figure.furniture.north) {
        paintNorth(painter, figure);
    }
    if (figure.furniture.legend) {
        paintLegend(painter, figure);
        paintColorScales(painter, figure);
    }
    if (figure.map && figure.furniture.inset && figure.inset) {
        paintInset(painter, figure);
    }
    if (!figure.caption.isEmpty()) {
        painter.setFont(fontOf(painter, labelSize));
        painter.setPen(dark);
        const double left = std::max(figure.frame.left(), 6.0);
        painter.drawText(QPointF(left, figure.page.height() - 8), figure.caption);
    }
}

} // namespace nunatak::ui::figure
