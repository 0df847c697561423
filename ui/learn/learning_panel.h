// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/layer_combo.h"

#include <QStringList>
#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace nunatak::ui::charts {
class LossChart;
} // namespace nunatak::ui::charts

namespace nunatak::ui::learn {

/// Fine-tuning: from which outlines, how long, under which name; its loss curve and what came of it.
class LearningPanel : public QWidget {
    Q_OBJECT

public:
    struct Request {
        QString layer;
        QString name;
        int steps = 50;
        double rate = 1e-4;
    };

    explicit LearningPanel(QWidget* parent = nullptr);

    void setLayers(const QStringList& layers, const LayerTitle& title = {}, const QString& edited = {});
    /// The model it starts from, as the toolbar has it.
    void setModel(const QString& model);
    Request request() const;

    void begin(int steps);
    void addLoss(int step, double loss);
    /// Ends the run with a sentence on what came of it.
    void end(const QString& sentence);
    bool isRunning() const { return m_running; }

Q_SIGNALS:
    void startRequested();
    void cancelRequested();

private:
    void updateButtons();

    QLabel* m_model = nullptr;
    QComboBox* m_layer = nullptr;
    QSpinBox* m_steps = nullptr;
    QDoubleSpinBox* m_rate = nullptr;
    QLineEdit* m_name = nullptr;
    QPushButton* m_start = nullptr;
    QPushButton* m_cancel = nullptr;
    charts::LossChart* m_chart = nullptr;
    QLabel* m_result = nullptr;
    bool m_running = false;
    bool m_nameTyped = false;
};

} // namespace nunatak::ui::learn
