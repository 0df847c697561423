// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figure/outline_line.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace nunatak::ui::figure {

namespace {

const QColor rimColor(0x1d, 0x22, 0x28);
const QColor changedColor(255, 150, 0);
const QColor changedOnOrange(0, 110, 255);
constexpr double rim = 1.5; // dark around a line, both sides together
constexpr double wider = 2; // one with a middle
constexpr double middleShare = 0.6;
constexpr double dash = 7;
constexpr double dashGap = 5;
constexpr double dot = 2.5;

constexpr double sampleWidth = 22;
constexpr double toText = 8;
constexpr double between = 4; // rows

} // namespace

QColor middleOf(const QColor& color, outlines::OutlineState state) {
    if (state == outlines::OutlineState::Changed) {
        constexpr double apart = 0.5; // of 0 … 1 in each channel
        const double distance =
            std::hypot(color.redF() - changedColor.redF(), color.greenF() - changedColor.greenF(),
                       color.blueF() - changedColor.blueF());
        return distance < apart ? changedOnOrange : changedColor;
    }
    // Relative luminance as of the WCAG, without its curve. White on ice is no line: it is for colours alone
    // on which dark would not be seen.
    const double light = 0.2126 * color.redF() + 0.7152 * color.greenF() + 0.0722 * color.blueF();
    return light > 0.3 ? rimColor : QColor(Qt::white);
}

void paint(QPainter& painter, const QPainterPath& path, const OutlineLine& line) {
    using outlines::OutlineState;
    const bool hasMiddle = line.state == OutlineState::Accepted || line.state == OutlineState::Changed;
    const double width = line.width + (hasMiddle ? wider : 0);
    QColor dark = rimColor;
    dark.setAlphaF(0.8F * line.color.alphaF());
    QPen pen(dark, width + rim);
    pen.setJoinStyle(Qt::RoundJoin);
    pen.setCapStyle(Qt::RoundCap);
    if (line.state == OutlineState::Reference || line.state == OutlineState::Removed) {
        const double on = line.state == OutlineState::Reference ? dash : dot;
        pen.setCapStyle(Qt::FlatCap);
        pen.setDashPattern({(on + rim) / pen.widthF(), (dash + dashGap - on - rim) / pen.widthF()});
        pen.setDashOffset(rim / 2 / pen.widthF());
        painter.strokePath(path, pen);
        pen.setDashPattern({on / width, (dash + dashGap - on) / width});
        pen.setDashOffset(0);
    } else {
        painter.strokePath(path, pen);
    }
    pen.setColor(line.color);
    pen.setWidthF(width);
    if (line.state == OutlineState::Doubtful) {
        pen.setCapStyle(Qt::FlatCap);
        pen.setDashPattern({dash / width, dashGap / width});
    }
    painter.strokePath(path, pen);
    if (hasMiddle) {
        QColor middle = middleOf(line.color, line.state);
        middle.setAlphaF(line.color.alphaF());
        pen.setColor(middle);
        pen.setWidthF(middleShare * width);
        painter.strokePath(path, pen);
    }
}

QSizeF sizeOf(const QFontMetricsF& font, const std::vector<LineSample>& samples) {
    double text = 0;
    for (const auto& sample : samples) {
        text = std::max(text, font.horizontalAdvance(sample.name));
    }
    return {text + sampleWidth + toText, (font.height() + between) * static_cast<double>(samples.size())};
}

void paint(QPainter& painter, QPointF corner, const std::vector<LineSample>& samples) {
    const QFontMetricsF metrics(painter.font(), painter.device());
    const double row = metrics.height() + between;
    double y = corner.y() + row / 2;
    for (const auto& sample : samples) {
        QPainterPath path({corner.x(), y});
        path.lineTo(corner.x() + sampleWidth, y);
        paint(painter, path, sample.line);
        painter.drawText(QPointF(corner.x() + sampleWidth + toText, y + metrics.capHeight() / 2),
                         sample.name);
        y += row;
    }
}

} // namespace nunatak::ui::figure
