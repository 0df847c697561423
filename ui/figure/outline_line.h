// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline_state.h"

#include <QColor>
#include <QPainterPath>
#include <QPointF>
#include <QSizeF>
#include <QString>

#include <vector>

class QFontMetricsF;
class QPainter;

namespace nunatak::ui::figure {

/// How an outline's line is painted: as the view draws it, dark around, dashed where it is doubtful or
/// reference, dotted where it is removed, and with another middle where it was accepted or changed.
struct OutlineLine {
    QColor color; ///< its alpha is the line's opacity
    double width = 2;
    outlines::OutlineState state = outlines::OutlineState::Untouched;
    bool operator==(const OutlineLine&) const = default;
};

void paint(QPainter& painter, const QPainterPath& path, const OutlineLine& line);
/// The middle of a line of this colour whose outline was accepted (white, or dark where white would not be
/// seen) or changed (orange, or blue beside what is nearly orange): told from each other, and from a line
/// without, by lightness and by blueness, so also by who sees no red or no green.
QColor middleOf(const QColor& color, outlines::OutlineState state);

/// A line and what it stands for.
struct LineSample {
    QString name;
    OutlineLine line;
    bool operator==(const LineSample&) const = default;
};

/// Paints them below each other from the upper left corner in the painter's font, with text in its pen's
/// colour.
void paint(QPainter& painter, QPointF corner, const std::vector<LineSample>& samples);
/// What that needs, in the painter's units.
QSizeF sizeOf(const QFontMetricsF& font, const std::vector<LineSample>& samples);

} // namespace nunatak::ui::figure
