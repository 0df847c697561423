// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QRectF>
#include <QString>

#include <vector>

class QPainter;

namespace nunatak::ui::figure {

/// What colours stand for: a bar from the lowest to the highest value with numbers below.
struct ColorScale {
    QString name;
    std::vector<QColor> colors; ///< evenly spaced, the lowest value's first
    QString low;
    QString middle;
    QString high;
};

/// Height that a scale needs in the painter's units, with and without its name above.
double heightOf(const QPainter& painter, bool named);
/// Paints it across `frame`, numbers (and, if `named`, the name) in the painter's pen.
void paint(QPainter& painter, const QRectF& frame, const ColorScale& scale, bool named);

} // namespace nunatak::ui::figure
