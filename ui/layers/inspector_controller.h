// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job.h"
#include "outlines/outline.h"
#include "ui/layers/attribute_controller.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <vector>

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::layers {

class InspectorPanel;

/// Shows the facts of what is selected, and what is said of it.
class InspectorController : public QObject {
    Q_OBJECT

public:
    InspectorController(session::Workspace& workspace, InspectorPanel& panel);

Q_SIGNALS:
    /// What was done to several glaciers just now, which undo takes back.
    void done(const QString& sentence);

private:
    void show();
    void showSeveral(const std::vector<outlines::OutlineHandle>& outlines);
    void measure(const std::vector<outlines::OutlineHandle>& outlines, const QString& key);
    void startMeasuring(const std::vector<outlines::OutlineHandle>& outlines, const QString& key);

    session::Workspace& m_workspace;
    InspectorPanel& m_panel;
    AttributeController m_attributes;
    std::shared_ptr<jobs::Job> m_measuring; ///< the area of long outlines, or of many
    QTimer m_soon;                          ///< until it is begun
    std::function<void()> m_begin;
};

} // namespace nunatak::ui::layers
