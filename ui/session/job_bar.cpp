// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/job_bar.h"

#include "ui/base/format.h"
#include "ui/base/owned.h"
#include "ui/session/job_queue.h"

#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

#include <chrono>
#include <cmath>

namespace nunatak::ui::session {

JobBar::JobBar(JobQueue& jobs, QWidget* parent) : QWidget(parent), m_jobs(jobs) {
    m_title = owned<QLabel>();
    m_title->setObjectName(QStringLiteral("jobTitle"));
    m_title->setMaximumWidth(360); // a long sentence is cut rather than that the window grows
    m_title->setMinimumWidth(80);
    m_progress = owned<QProgressBar>();
    m_progress->setRange(0, 1000);
    m_progress->setFixedWidth(140);
    m_progress->setMaximumHeight(fontMetrics().height() + 2);
    m_progress->setFormat(QStringLiteral("%p %"));
    m_remaining = owned<QLabel>();
    m_cancel = owned<QToolButton>();
    m_cancel->setObjectName(QStringLiteral("cancelJob"));
    m_cancel->setIcon(QIcon::fromTheme(QStringLiteral("process-stop")));
    m_cancel->setText(tr("Cancel"));
    m_cancel->setToolTip(tr("Stop this job; what was stored before stays"));
    m_cancel->setAutoRaise(true);

    auto* layout = owned<QHBoxLayout>(this);
    layout->setContentsMargins(6, 0, 0, 0);
    layout->addWidget(m_title);
    layout->addWidget(m_progress);
    layout->addWidget(m_remaining);
    layout->addWidget(m_cancel);

    connect(m_cancel, &QToolButton::clicked, this, [this] {
        const auto running = m_jobs.shownJobs();
        if (!running.empty()) {
            running.front()->cancel();
            m_title->setText(tr("Stopping…"));
        }
    });
    // Every change of a widget draws the whole window anew, the view included: a few times a second is
    // enough, and leaves the processor to the job.
    m_pace.setSingleShot(true);
    m_pace.setInterval(std::chrono::milliseconds(500));
    connect(&m_pace, &QTimer::timeout, this, &JobBar::refresh);
    connect(&m_jobs, &JobQueue::changed, this, &JobBar::onChanged);
    refresh();
}

void JobBar::onChanged() {
    if (m_jobs.shownJobs() != m_running) {
        refresh(); // that one begins or has ended is shown at once
    } else if (!m_pace.isActive()) {
        m_pace.start();
    }
}

void JobBar::refresh() {
    const auto running = m_jobs.shownJobs();
    m_running = running;
    setVisible(!running.empty());
    if (running.empty()) {
        return;
    }
    const auto& job = running.front();
    const auto status = job->status();
    QString title = text(job->title());
    if (!status.stage.empty()) {
        title = tr("%1: %2").arg(title, text(status.stage));
    }
    if (running.size() > 1) {
        title += tr(" (%n more waiting)", nullptr, static_cast<int>(running.size()) - 1);
    }
    m_title->setText(title);
    m_title->setToolTip(title);
    m_progress->setValue(static_cast<int>(std::lround(status.fraction * 1000)));
    m_remaining->setText(status.remaining ? remainingText(*status.remaining) : QString());
}

} // namespace nunatak::ui::session
