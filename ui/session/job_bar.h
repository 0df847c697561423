// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job.h"

#include <QTimer>
#include <QWidget>

#include <memory>
#include <vector>

class QLabel;
class QProgressBar;
class QToolButton;

namespace nunatak::ui::session {

class JobQueue;

/// The running job in the status bar: what, how far, how long still, and a button that stops it.
class JobBar : public QWidget {
    Q_OBJECT

public:
    explicit JobBar(JobQueue& jobs, QWidget* parent = nullptr);

private:
    void onChanged();
    void refresh();

    JobQueue& m_jobs;
    QLabel* m_title = nullptr;
    QProgressBar* m_progress = nullptr;
    QLabel* m_remaining = nullptr;
    QToolButton* m_cancel = nullptr;
    QTimer m_pace;
    std::vector<std::shared_ptr<jobs::Job>> m_running; ///< as shown
};

} // namespace nunatak::ui::session
