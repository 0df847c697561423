// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/course.h"

#include <QWidget>

#include <vector>

class QLabel;
class QProgressBar;
class QPushButton;

namespace nunatak::ui::charts {
class LossChart;
} // namespace nunatak::ui::charts

namespace nunatak::ui::learn {

class ExampleStrip;

/// How a training goes on and what came of it: how far, how long still, its curves, example tiles, and what
/// can be done with what it made.
class RunView : public QWidget {
    Q_OBJECT

public:
    /// What is offered beside what came of it.
    enum class Offer { Nothing, UseIt, PredictAgain };

    explicit RunView(QWidget* parent = nullptr);

    /// @param losses of the steps that were learnt before it was interrupted
    void begin(const QString& title, int steps, const std::vector<double>& losses = {});
    void addLoss(int step, double loss);
    void addIou(const training::MeasuredAt& at);
    void setExamples(const std::vector<training::Example>& tiles);
    void setTimeLeft(double seconds);
    /// What was said while it ran, above what comes of it.
    void addNote(const QString& sentence);
    void setPausing();
    /// Ends the run with a sentence on what came of it.
    void end(const QString& sentence, Offer offer = Offer::Nothing);
    bool isRunning() const { return m_running; }

Q_SIGNALS:
    void runningChanged();
    void pauseRequested();
    void cancelRequested();
    void useRequested(); ///< the new version, although nothing says that it is better
    void predictRequested();

private:
    void setRunning(bool running);

    QLabel* m_title = nullptr;
    QProgressBar* m_progress = nullptr;
    QLabel* m_timeLeft = nullptr;
    QPushButton* m_pause = nullptr;
    QPushButton* m_cancel = nullptr;
    charts::LossChart* m_chart = nullptr;
    ExampleStrip* m_examples = nullptr;
    QLabel* m_result = nullptr;
    QPushButton* m_use = nullptr;
    QPushButton* m_predict = nullptr;
    QString m_notes;
    bool m_running = false;
};

} // namespace nunatak::ui::learn
