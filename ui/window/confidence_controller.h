// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job.h"
#include "viewport/viewport.h"

#include <QObject>

#include <memory>
#include <optional>

class QSettings;

namespace nunatak::ui {

class InspectorPanel;
class Workspace;

/// How sure the model is: of the selected glacier, in the inspector, and where it is not, as outlines in the
/// view.
class ConfidenceController : public QObject {
    Q_OBJECT

public:
    ConfidenceController(Workspace& workspace, Viewport& viewport, InspectorPanel& inspector,
                         QSettings& settings, QObject* parent);

    /// Measures the confidence of the selected outline and tells the inspector.
    void describe(const std::optional<outlines::OutlineRef>& selection);
    /// Outlines of low confidence, of the newest prediction of the scene that is looked at.
    void setShown(bool shown);
    bool isShown() const { return m_shown; }
    /// There may be others now.
    void refresh();

Q_SIGNALS:
    /// There was nothing to show after all.
    void shownChanged(bool shown);

private:
    void hide();
    std::optional<std::filesystem::path> bandsFile() const;

    Workspace& m_workspace;
    Viewport& m_viewport;
    InspectorPanel& m_inspector;
    QSettings& m_settings;
    std::shared_ptr<jobs::Job> m_measuring;
    bool m_shown = false;
};

} // namespace nunatak::ui
