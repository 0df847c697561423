// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/loss_chart.h"

#include "ui/base/owned.h"

#include <QChart>
#include <QChartView>
#include <QEvent>
#include <QGraphicsLayout>
#include <QLegend>
#include <QLineSeries>
#include <QPainter>
#include <QVBoxLayout>
#include <QValueAxis>

#include <algorithm>

namespace nunatak::ui::charts {

namespace {

// The running mean follows about the last ten steps: enough to see a trend in batches of a few tiles.
constexpr double smoothing = 0.1;

} // namespace

LossChart::LossChart(QWidget* parent) : QWidget(parent) {
    m_raw = owned<QLineSeries>();
    m_smooth = owned<QLineSeries>();
    m_iou = owned<QLineSeries>();
    m_stepAxis = owned<QValueAxis>();
    m_lossAxis = owned<QValueAxis>();
    m_iouAxis = owned<QValueAxis>();
    m_chart = owned<QChart>();

    m_chart->addSeries(m_raw);
    m_chart->addSeries(m_smooth);
    m_chart->addAxis(m_stepAxis, Qt::AlignBottom);
    m_chart->addAxis(m_lossAxis, Qt::AlignLeft);
    m_chart->addSeries(m_iou);
    m_chart->addAxis(m_iouAxis, Qt::AlignRight);
    m_iou->attachAxis(m_stepAxis);
    m_iou->attachAxis(m_iouAxis);
    m_iou->setPointsVisible(true);
    m_iou->setName(tr("IoU"));
    for (auto* series : {m_raw, m_smooth}) {
        series->attachAxis(m_stepAxis);
        series->attachAxis(m_lossAxis);
    }
    m_raw->setName(tr("loss"));
    m_smooth->setName(tr("its mean"));

    m_stepAxis->setLabelFormat(QStringLiteral("%d"));
    m_lossAxis->setLabelFormat(QStringLiteral("%.3g"));
    m_iouAxis->setLabelFormat(QStringLiteral("%.2f"));
    m_iouAxis->setGridLineVisible(false);
    QFont small = font();
    small.setPointSizeF(std::max(6.0, small.pointSizeF() - 1.5));
    for (auto* axis : {m_stepAxis, m_lossAxis, m_iouAxis}) {
        axis->setLabelsFont(small);
        axis->setTitleFont(small);
        axis->setTickCount(4);
    }
    m_chart->legend()->setAlignment(Qt::AlignTop);
    m_chart->legend()->setFont(small);
    m_chart->setMargins(QMargins(0, 0, 0, 0));
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    m_chart->setBackgroundRoundness(0);
    takeColors();

    auto* view = owned<QChartView>(m_chart, this);
    view->setRenderHint(QPainter::Antialiasing);
    view->setFrameShape(QFrame::StyledPanel);
    auto* layout = owned<QVBoxLayout>(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(view);
    setMinimumHeight(150);
    begin(50);
}

void LossChart::takeColors() {
    const QColor line = palette().color(QPalette::Highlight);
    QColor faint = line;
    faint.setAlpha(90);
    m_raw->setPen(QPen(faint, 1));
    m_smooth->setPen(QPen(line, 2));
    m_iou->setPen(QPen(QColor(230, 120, 30), 2)); // beside blue for any kind of colour blindness
    for (auto* axis : {m_stepAxis, m_lossAxis, m_iouAxis}) {
        axis->setLabelsColor(palette().color(QPalette::Text));
        axis->setTitleBrush(palette().color(QPalette::Text));
        axis->setGridLineColor(palette().color(QPalette::Midlight));
        axis->setLinePenColor(palette().color(QPalette::Mid));
    }
    m_chart->legend()->setLabelColor(palette().color(QPalette::Text));
    m_chart->setBackgroundBrush(palette().color(QPalette::Base));
}

void LossChart::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange && m_chart != nullptr) {
        takeColors();
    }
    QWidget::changeEvent(event);
}

void LossChart::begin(int steps) {
    m_losses.clear();
    m_raw->clear();
    m_smooth->clear();
    m_iou->clear();
    m_measures = 0;
    m_least = 1;
    m_most = 0;
    m_iouAxis->setVisible(false);
    m_stepAxis->setRange(0, std::max(1, steps));
    m_lossAxis->setRange(0, 1);
}

void LossChart::add(int step, double loss) {
    m_mean = m_losses.empty() ? loss : m_mean + smoothing * (loss - m_mean);
    m_losses.push_back(loss);
    m_raw->append(step, loss);
    m_smooth->append(step, m_mean);
    fitAxes();
}

void LossChart::addIou(int step, double iou) {
    ++m_measures;
    m_least = std::min(m_least, iou);
    m_most = std::max(m_most, iou);
    m_iou->append(step, iou);
    // So that a gain of a hundredth is seen, and none of a thousandth is made a mountain.
    const double room = std::max(0.02, (m_most - m_least) * 0.2);
    m_iouAxis->setRange(std::max(0.0, m_least - room), std::min(1.0, m_most + room));
    m_iouAxis->setVisible(true);
}

void LossChart::fitAxes() {
    const auto largest = *std::max_element(m_losses.begin(), m_losses.end());
    m_lossAxis->setRange(0, largest > 0 ? largest * 1.02 : 1);
    m_lossAxis->applyNiceNumbers();
}

} // namespace nunatak::ui::charts
