// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/color_bar.h"

#include "terrain/color_map.h"

#include <QIcon>
#include <QLinearGradient>
#include <QLocale>
#include <QPainter>
#include <QPixmap>

#include <algorithm>
#include <cmath>

namespace nunatak::ui {

namespace {

constexpr int barHeight = 12;

QLinearGradient gradientOf(const std::string& name, double left, double right) {
    QLinearGradient gradient(left, 0, right, 0);
    const auto& map = terrain::colorMap(name);
    constexpr int stops = 32;
    for (int i = 0; i <= stops; ++i) {
        const double share = static_cast<double>(i) / stops;
        const auto& color = map.at(static_cast<float>(share));
        gradient.setColorAt(share, QColor(color[0], color[1], color[2]));
    }
    return gradient;
}

} // namespace

QString legendNumber(double value, const terrain::Legend& legend) {
    const double range = std::max(std::abs(legend.high - legend.low), 1e-12);
    const int decimals = std::clamp(static_cast<int>(std::ceil(2 - std::log10(range))), 0, 6);
    const QString number = QLocale().toString(value, 'f', decimals > 2 ? decimals - 1 : decimals);
    return legend.unit.empty() ? number : number + QLatin1Char(' ') + QString::fromStdString(legend.unit);
}

void paintColorBar(QPainter& painter, const QRectF& frame, const terrain::Legend& legend) {
    const QPen ink = painter.pen();
    const QRectF bar(frame.left() + 0.5, frame.top() + 0.5, frame.width() - 1, barHeight - 1);
    painter.setPen(QPen(QColor(128, 128, 128), 1));
    painter.setBrush(gradientOf(legend.colorMap, bar.left(), bar.right()));
    painter.drawRect(bar);
    painter.setPen(ink);
    const QRectF numbers(frame.left(), bar.bottom() + 2, frame.width(), frame.bottom() - bar.bottom() - 2);
    painter.drawText(numbers, Qt::AlignLeft | Qt::AlignTop, legendNumber(legend.low, legend));
    painter.drawText(numbers, Qt::AlignHCenter | Qt::AlignTop,
                     legendNumber((legend.low + legend.high) / 2, legend));
    painter.drawText(numbers, Qt::AlignRight | Qt::AlignTop, legendNumber(legend.high, legend));
}

QIcon colorMapSwatch(const std::string& name) {
    constexpr int width = 48;
    constexpr int height = 14;
    constexpr int finest = 3; // sharp up to this device pixel ratio
    QPixmap pixmap(width * finest, height * finest);
    pixmap.setDevicePixelRatio(finest);
    QPainter painter(&pixmap);
    painter.fillRect(QRectF(0, 0, width, height), gradientOf(name, 0, width));
    painter.end();
    return QIcon(pixmap);
}

ColorBar::ColorBar(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setVisible(false);
}

void ColorBar::setLegend(const std::optional<terrain::Legend>& legend) {
    m_legend = legend;
    setVisible(legend.has_value());
    if (legend) {
        setAccessibleName(tr("Colours from %1 to %2")
                              .arg(legendNumber(legend->low, *legend), legendNumber(legend->high, *legend)));
    }
    update();
}

QSize ColorBar::sizeHint() const {
    return {160, barHeight + 3 + fontMetrics().height()};
}

void ColorBar::paintEvent(QPaintEvent* /*event*/) {
    if (!m_legend) {
        return;
    }
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::WindowText));
    paintColorBar(painter, rect(), *m_legend);
}

} // namespace nunatak::ui
