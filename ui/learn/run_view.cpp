// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/learn/run_view.h"

#include "ui/base/format.h"
#include "ui/charts/loss_chart.h"
#include "ui/learn/example_strip.h"
#include "ui/learn/panel_parts.h"

#include <QProgressBar>
#include <QVBoxLayout>

#include <chrono>
#include <cmath>

namespace nunatak::ui::learn {

using charts::LossChart;

RunView::RunView(QWidget* parent) : QWidget(parent) {
    m_title = paragraph("learningTitle");
    auto bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_progress = owned<QProgressBar>();
    m_progress->setObjectName(QStringLiteral("learningProgress"));
    m_progress->setFormat(tr("step %v of %m"));
    m_timeLeft = owned<QLabel>();
    m_timeLeft->setObjectName(QStringLiteral("learningTimeLeft"));
    m_pause = button("learningPause", "media-playback-pause", tr("Pause"),
                     tr("Keep how far it came; it can go on later, also after the program was closed"));
    m_cancel = button("learningCancel", "process-stop", tr("Stop"),
                      tr("Stop learning; no model is made, and nothing is kept"));
    m_chart = owned<LossChart>();
    m_chart->setMinimumHeight(170);
    m_examples = owned<ExampleStrip>();
    m_examples->hide();
    m_result = paragraph("learningResult");
    m_use = button("learningUse", "dialog-ok-apply", tr("Use it all the same"),
                   tr("The project predicts with the new version and learns from it"));
    m_predict = button("learningPredict", "run-build", tr("Predict again"),
                       tr("With the new version; what somebody drew, changed or judged stays as it is"));
    m_use->hide();
    m_predict->hide();

    auto* layout = owned<QVBoxLayout>(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_title);
    layout->addWidget(m_progress);
    auto* row = owned<QHBoxLayout>();
    row->addWidget(m_timeLeft, 1);
    row->addWidget(m_cancel);
    row->addWidget(m_pause);
    layout->addLayout(row);
    layout->addWidget(m_chart);
    layout->addWidget(m_examples);
    layout->addWidget(m_result);
    layout->addLayout(onTheRight({m_use, m_predict}));

    connect(m_pause, &QPushButton::clicked, this, &RunView::pauseRequested);
    connect(m_cancel, &QPushButton::clicked, this, &RunView::cancelRequested);
    connect(m_use, &QPushButton::clicked, this, &RunView::useRequested);
    connect(m_predict, &QPushButton::clicked, this, &RunView::predictRequested);
    setRunning(false);
    hide();
}

void RunView::begin(const QString& title, int steps, const std::vector<double>& losses) {
    m_notes.clear();
    m_title->setText(title);
    m_progress->setRange(0, steps);
    m_progress->setValue(static_cast<int>(losses.size()));
    m_timeLeft->setText(tr("Preparing…"));
    m_chart->begin(steps);
    for (std::size_t i = 0; i < losses.size(); ++i) {
        m_chart->add(static_cast<int>(i) + 1, losses[i]);
    }
    m_examples->setTiles({});
    m_result->clear();
    m_use->hide();
    m_predict->hide();
    show();
    setRunning(true);
}

void RunView::addLoss(int step, double loss) {
    m_chart->add(step, loss);
    m_progress->setValue(step);
}

void RunView::addIou(const training::MeasuredAt& at) {
    m_chart->addIou(at.step, at.iou);
}

void RunView::setExamples(const std::vector<training::Example>& tiles) {
    m_examples->setTiles(tiles);
}

void RunView::setTimeLeft(double seconds) {
    if (m_running && m_pause->isEnabled()) {
        m_timeLeft->setText(remainingText(std::chrono::seconds(std::lround(seconds))));
    }
}

void RunView::addNote(const QString& sentence) {
    m_notes += (m_notes.isEmpty() ? QString() : QStringLiteral("\n")) + sentence;
    m_result->setText(m_notes);
}

void RunView::setPausing() {
    m_pause->setEnabled(false);
    m_timeLeft->setText(tr("Pausing after this step…"));
}

void RunView::end(const QString& sentence, Offer offer) {
    m_timeLeft->clear();
    m_result->setText(m_notes.isEmpty() || sentence.contains(m_notes)
                          ? sentence
                          : sentence + QStringLiteral("\n") + m_notes);
    m_use->setVisible(offer == Offer::UseIt);
    m_predict->setVisible(offer == Offer::PredictAgain);
    setRunning(false);
}

void RunView::setRunning(bool running) {
    m_running = running;
    m_progress->setVisible(running);
    m_timeLeft->setVisible(running);
    m_pause->setVisible(running);
    m_pause->setEnabled(running);
    m_cancel->setVisible(running);
    m_cancel->setEnabled(running);
    Q_EMIT runningChanged();
}

} // namespace nunatak::ui::learn
