// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

class QDoubleSpinBox;
class QSlider;

namespace nunatak::ui::divides {

/// A number from 0 on that is slid or typed; the slider is finer for small ones.
class ThresholdField : public QWidget {
    Q_OBJECT

public:
    struct Range {
        double slid;    ///< the largest that the slider has
        double typed;   ///< and that can be typed
        int decimals;   ///< that are shown
        QString suffix; ///< the unit
    };

    ThresholdField(const QString& name, const Range& range, double value, const QString& tip);

    double value() const;

Q_SIGNALS:
    void changed();

private:
    int positionOf(double value) const;

    double m_most;
    QSlider* m_slider;
    QDoubleSpinBox* m_number;
};

} // namespace nunatak::ui::divides
