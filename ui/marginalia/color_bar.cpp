// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/marginalia/color_bar.h"

#include "ui/terrain/color_map.h"

#include <QIcon>
#include <QLinearGradient>
#include <QLocale>
#include <QPainter>
#include <QPixmap>

#include <algorithm>
#include <cmath>

namespace nunatak::ui::marginalia {

namespace {

std::vector<QColor> colorsOf(const std::string& name) {
    std::vector<QColor> colors;
    const auto& map = terrain::colorMap(name);
    constexpr int stops = 32;
    for (int i = 0; i <= stops; ++i) {
        const auto& color = map.at(static_cast<float>(i) / stops);
        colors.emplace_back(color[0], color[1], color[2]);
    }
    return colors;
}

/// With as many decimals as its range needs.
QString numberText(double value, const terrain::Legend& legend) {
    const double range = std::max(std::abs(legend.high - legend.low), 1e-12);
    const int decimals = std::clamp(static_cast<int>(std::floor(2 - std::log10(range))), 0, 6);
    const QString number = QLocale().toString(value, 'f', decimals);
    const auto unit = QString::fromStdString(legend.unit);
    const bool isClose = unit.isEmpty() || unit == QStringLiteral("°");
    return isClose ? number + unit : number + QLatin1Char(' ') + unit;
}

} // namespace

figure::ColorScale colorScale(const NamedLegend& named) {
    const auto& legend = named.legend;
    return {named.name, colorsOf(legend.colorMap), numberText(legend.low, legend),
            numberText((legend.low + legend.high) / 2, legend), numberText(legend.high, legend)};
}

QIcon colorMapSwatch(const std::string& name) {
    constexpr int width = 48;
    constexpr int height = 14;
    constexpr int finest = 3; // sharp up to this device pixel ratio
    QPixmap pixmap(width * finest, height * finest);
    pixmap.setDevicePixelRatio(finest);
    QPainter painter(&pixmap);
    QLinearGradient gradient(0, 0, width, 0);
    const auto colors = colorsOf(name);
    for (std::size_t i = 0; i < colors.size(); ++i) {
        gradient.setColorAt(static_cast<double>(i) / static_cast<double>(colors.size() - 1), colors[i]);
    }
    painter.fillRect(QRectF(0, 0, width, height), gradient);
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
                              .arg(numberText(legend->low, *legend), numberText(legend->high, *legend)));
    }
    update();
}

QSize ColorBar::sizeHint() const {
    return {160, 15 + fontMetrics().height()};
}

void ColorBar::paintEvent(QPaintEvent* /*event*/) {
    if (!m_legend) {
        return;
    }
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::WindowText));
    figure::paint(painter, rect(), colorScale({{}, *m_legend}), false);
}

} // namespace nunatak::ui::marginalia
