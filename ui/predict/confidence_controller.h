// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job.h"
#include "ui/viewport/viewport.h"

#include <QObject>

#include <memory>
#include <optional>

namespace nunatak::ui {
class UserSettings;
} // namespace nunatak::ui

namespace nunatak::ui::layers {
class InspectorPanel;
} // namespace nunatak::ui::layers

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::predict {

/// How sure the model is: of the selected glacier, in the inspector, and where it is not, as outlines in the
/// view.
class ConfidenceController : public QObject {
    Q_OBJECT

public:
    ConfidenceController(session::Workspace& workspace, viewport::Viewport& viewport,
                         layers::InspectorPanel& inspector, UserSettings& settings, QObject* parent);

    /// Outlines of low confidence, of the newest prediction of the scene that is looked at.
    void setShown(bool shown);
    bool isShown() const { return m_shown; }
    /// There may be others now.
    void refresh();

Q_SIGNALS:
    /// There was nothing to show after all.
    void shownChanged(bool shown);

private:
    /// Measures the confidence of the selected outline and tells the inspector.
    void describe();
    std::optional<std::filesystem::path> bandsFile() const;

    session::Workspace& m_workspace;
    viewport::Viewport& m_viewport;
    layers::InspectorPanel& m_inspector;
    UserSettings& m_settings;
    std::shared_ptr<jobs::Job> m_measuring;
    bool m_shown = false;
};

} // namespace nunatak::ui::predict
