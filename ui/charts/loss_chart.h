// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

class QChart;
class QLineSeries;
class QValueAxis;

namespace nunatak::ui::charts {

/// The loss over the steps of a running fine-tuning, and its running mean, which is what the eye wants to
/// follow.
class LossChart : public QWidget {
    Q_OBJECT

public:
    explicit LossChart(QWidget* parent = nullptr);

    /// Starts an empty curve for so many steps.
    void begin(int steps);
    void add(int step, double loss);
    int points() const { return static_cast<int>(m_losses.size()); }

protected:
    void changeEvent(QEvent* event) override;

private:
    void fitAxes();
    void takeColors();

    QChart* m_chart = nullptr;
    QLineSeries* m_raw = nullptr;
    QLineSeries* m_smooth = nullptr;
    QValueAxis* m_stepAxis = nullptr;
    QValueAxis* m_lossAxis = nullptr;
    std::vector<double> m_losses;
    double m_mean = 0;
};

} // namespace nunatak::ui::charts
