// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/marginalia/legend_box.h"

#include "ui/marginalia/plate.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace nunatak::ui::marginalia {

namespace {

constexpr int barWidth = 190;
constexpr int inset = 10;
constexpr int gap = 8;
constexpr int barHeight = 16; // with the space around it

} // namespace

LegendBox::LegendBox(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("legend"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
}

void LegendBox::setLegends(const std::vector<NamedLegend>& legends) {
    m_scales.clear();
    for (const auto& legend : legends) {
        m_scales.push_back(colorScale(legend));
    }
    adapt();
}

void LegendBox::setReviews(const std::vector<figure::LineSample>& reviews) {
    m_reviews = reviews;
    adapt();
}

void LegendBox::adapt() {
    resize(sizeHint());
    setVisible(!m_scales.empty() || !m_reviews.empty());
    update();
}

QSize LegendBox::sizeHint() const {
    const int each = 2 * fontMetrics().height() + barHeight + gap;
    const QSize lines = figure::sizeOf(QFontMetricsF(font()), m_reviews).toSize();
    int height = static_cast<int>(m_scales.size()) * each;
    height += m_reviews.empty() ? 0 : lines.height() + gap;
    const int width = m_scales.empty() ? lines.width() + 1 : std::max(barWidth, lines.width() + 1);
    return {width + 2 * inset, height - gap + 2 * inset};
}

void LegendBox::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Plate plate(palette());
    painter.setPen(plate.edge);
    painter.setBrush(plate.fill(215));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    painter.setPen(plate.ink);
    double top = inset;
    for (const auto& scale : m_scales) {
        const double height = figure::heightOf(painter, true);
        figure::paint(painter, {inset, top, barWidth, height}, scale, true);
        top += height + gap;
    }
    figure::paint(painter, {inset, top}, m_reviews);
}

} // namespace nunatak::ui::marginalia
