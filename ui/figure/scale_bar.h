// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPointF>
#include <QSizeF>
#include <QString>

class QPainter;

namespace nunatak::ui::figure {

/// Dark marks with a pale rim, or the other way round: to be read on snow and on rock.
struct Ink {
    QColor mark = Qt::black;
    QColor rim = QColor(255, 255, 255, 220);
};

/// A length that people can reckon with, and how long it is drawn.
struct ScaleBar {
    double metres = 0;
    double length = 0; ///< as drawn, in the painter's units
    QString text;      ///< "500 m", "2 km"
};

/// The longest bar of 1, 2 or 5 times a power of ten that fits `room`. `metresPerUnit` must be positive.
ScaleBar scaleBarFor(double metresPerUnit, double room);

/// Room that the bar takes with the painter's font: its text above it.
QSizeF sizeOf(const ScaleBar& bar, const QPainter& painter);
/// Draws it from its upper left corner.
void paint(QPainter& painter, const ScaleBar& bar, QPointF corner, const Ink& ink);

/// Text with a rim, from the left end of its base line.
void paintText(QPainter& painter, QPointF base, const QString& text, const Ink& ink);

} // namespace nunatak::ui::figure
