// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/divides/threshold_field.h"

#include "ui/base/owned.h"

#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QSlider>

#include <algorithm>
#include <cmath>

namespace nunatak::ui::divides {

namespace {

constexpr int positions = 300;
constexpr double power = 3; ///< of the way along the slider: a tenth of the range is nearly half of the way

} // namespace

ThresholdField::ThresholdField(const QString& name, const Range& range, double value, const QString& tip)
    : m_most(range.slid), m_slider(owned<QSlider>(Qt::Horizontal)), m_number(owned<QDoubleSpinBox>()) {
    m_number->setObjectName(name);
    m_number->setDecimals(range.decimals);
    m_number->setRange(0, range.typed);
    m_number->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    m_number->setValue(value);
    m_number->setSuffix(range.suffix);
    m_number->setToolTip(tip);
    constexpr int arrows = 30; // pixels
    m_number->setFixedWidth(fontMetrics().horizontalAdvance(QStringLiteral("00.000 km²")) + arrows);
    m_slider->setObjectName(name + QStringLiteral("Slider"));
    m_slider->setRange(0, positions);
    m_slider->setPageStep(positions / 20);
    m_slider->setValue(positionOf(value));
    m_slider->setToolTip(tip);
    auto* layout = owned<QHBoxLayout>(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_slider, 1);
    layout->addWidget(m_number);
    setFocusProxy(m_number);
    connect(m_slider, &QSlider::valueChanged, this, [this](int position) {
        const QSignalBlocker blocker(m_number);
        m_number->setValue(m_most * std::pow(static_cast<double>(position) / positions, power));
        Q_EMIT changed();
    });
    connect(m_number, &QDoubleSpinBox::valueChanged, this, [this](double number) {
        const QSignalBlocker blocker(m_slider);
        m_slider->setValue(positionOf(number));
        Q_EMIT changed();
    });
}

double ThresholdField::value() const {
    return m_number->value();
}

int ThresholdField::positionOf(double value) const {
    return static_cast<int>(std::lround(positions * std::pow(std::min(1.0, value / m_most), 1 / power)));
}

} // namespace nunatak::ui::divides
