// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job.h"

#include <QObject>
#include <QString>

#include <memory>

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::learn {

class LearningPanel;

/// Runs the fine-tuning that the panel asks for; the model it makes is chosen for the next prediction.
class LearnController : public QObject {
    Q_OBJECT

public:
    LearnController(session::Workspace& workspace, LearningPanel& panel, QObject* parent);

    void start();
    void refreshLayers();

Q_SIGNALS:
    void learnt(const QString& sentence);

private:
    void end(const QString& sentence);

    session::Workspace& m_workspace;
    LearningPanel& m_panel;
    std::shared_ptr<jobs::Job> m_job; // null: none runs
};

} // namespace nunatak::ui::learn
