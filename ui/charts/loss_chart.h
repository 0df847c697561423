// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

class QChart;
class QLineSeries;
class QValueAxis;

namespace nunatak::ui::charts {

/// The loss over the steps of a running fine-tuning, its running mean, which is what the eye wants to follow,
/// and the IoU wherever that was measured.
class LossChart : public QWidget {
    Q_OBJECT

public:
    explicit LossChart(QWidget* parent = nullptr);

    /// Starts an empty curve for so many steps.
    void begin(int steps);
    void add(int step, double loss);
    void addIou(int step, double iou);
    int measures() const { return m_measures; }
    int points() const { return static_cast<int>(m_losses.size()); }

protected:
    void changeEvent(QEvent* event) override;

private:
    void fitAxes();
    void takeColors();

    QChart* m_chart = nullptr;
    QLineSeries* m_raw = nullptr;
    QLineSeries* m_smooth = nullptr;
    QLineSeries* m_iou = nullptr;
    QValueAxis* m_stepAxis = nullptr;
    QValueAxis* m_lossAxis = nullptr;
    QValueAxis* m_iouAxis = nullptr;
    std::vector<double> m_losses;
    double m_mean = 0;
    int m_measures = 0;
    double m_least = 1; ///< IoU
    double m_most = 0;
};

} // namespace nunatak::ui::charts
