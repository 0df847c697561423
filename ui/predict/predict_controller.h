// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"
#include "jobs/job.h"
#include "prediction/predict_scene.h"
#include "ui/viewport/viewport.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>

namespace nunatak::ui {
class UserSettings;
} // namespace nunatak::ui

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::predict {

/// Predict, with one click or as a dialog says: the job, the tiles that appear as they finish, the layer at
/// the end.
class PredictController : public QObject {
    Q_OBJECT

public:
    PredictController(session::Workspace& workspace, viewport::Viewport& viewport, UserSettings& settings,
                      QWidget* window);

    /// The whole scene with the current model and the usual options.
    void predict();
    /// Asks for model, area and options first.
    void askForOptions();
    bool isRunning() const { return m_job != nullptr; }

Q_SIGNALS:
    void runningChanged();
    /// Stored in the project; the layer shall be shown. Whether an inventory was started from it.
    void predicted(const QString& layer, const QString& sentence, bool startedInventory);

private:
    /// Says what is wrong when nothing can be predicted.
    bool canPredict();
    /// @param around only around this shape (project CRS), grown by `buffer` metres; empty: no such limit
    void start(prediction::PredictOptions options, geo::MultiPolygon around, double buffer);
    /// Works out what the prediction changes, on a worker, and puts that into the project.
    void store(std::shared_ptr<const prediction::ScenePrediction> result, double minimumArea, int triesLeft);
    void end();

    session::Workspace& m_workspace;
    viewport::Viewport& m_viewport;
    UserSettings& m_settings;
    QWidget* m_window;
    std::shared_ptr<jobs::Job> m_job; // null: none runs
};

} // namespace nunatak::ui::predict
