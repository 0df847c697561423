// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job.h"

#include <QObject>
#include <QString>

#include <memory>

namespace nunatak::ui {

class Viewport;
class Workspace;

/// Predict with one click: the job, the tiles that appear as they finish, the layer at the end.
class PredictController : public QObject {
    Q_OBJECT

public:
    PredictController(Workspace& workspace, Viewport& viewport, QObject* parent);

    void predict();
    bool isRunning() const { return m_job != nullptr; }

Q_SIGNALS:
    void runningChanged();
    /// Stored in the project; the layer shall be shown.
    void predicted(const QString& layer, const QString& sentence);

private:
    void end();

    Workspace& m_workspace;
    Viewport& m_viewport;
    std::shared_ptr<jobs::Job> m_job; // null: none runs
};

} // namespace nunatak::ui
