// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/check.h"
#include "editing/finding.h"
#include "editing/repair.h"
#include "jobs/job.h"
#include "project/project.h"
#include "project/steps.h"
#include "ui/checks/findings_model.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <memory>
#include <set>
#include <string>
#include <vector>

namespace nunatak::ui::layers {
class LayerController;
} // namespace nunatak::ui::layers

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::checks {

class ChecksPanel;

/// Checks a layer and repairs what was found, in the background; keeps what the panel lists true: outlines
/// that become others are looked at again, they alone.
class ChecksController : public QObject {
    Q_OBJECT

public:
    ChecksController(session::Workspace& workspace, layers::LayerController& layers, ChecksPanel& panel);

    /// Looks at all outlines of a layer.
    void check(const QString& layer);

Q_SIGNALS:
    void startInventoryRequested(const QString& layer);
    /// What was done just now, which undo takes back.
    void done(const QString& sentence);
    void said(const QString& sentence);

private:
    void begin();
    void end();
    void offerLayers();
    void showLock();
    void follow(const project::Event& event);
    void recheck();
    void flyTo(const nunatak::editing::Finding& finding);
    void repair(const std::vector<nunatak::editing::Finding>& findings);
    /// What came of repairing, and the step that it is.
    struct Outcome {
        nunatak::editing::Repaired repaired;
        project::LayerStep step;
    };
    void take(Outcome& outcome, std::size_t asked);
    FindingsModel::Name nameOf() const;
    std::size_t outlines() const;
    void setBusy(bool busy, const QString& sentence = {});

    session::Workspace& m_workspace;
    layers::LayerController& m_layers;
    ChecksPanel& m_panel;
    std::string m_layer;                     ///< that was looked at, or is; empty: none
    nunatak::editing::CheckRequest m_asked;  ///< how it was: without outlines
    std::shared_ptr<jobs::Job> m_job;        ///< the check, or the repair
    std::shared_ptr<jobs::Job> m_rechecking; ///< of what became different
    std::set<std::string> m_changed; ///< UUIDs of outlines that became others since they were looked at
    QTimer m_pause;                  ///< several steps in a row are looked at once
    int m_round = 0;                 ///< an answer of a round before means nothing any more
    bool m_isListed = false;         ///< the check has ended
    bool m_awaitsInventory = false;  ///< one was asked for here, which is looked at then
};

/// Where to look at something that was found, so that it fills the view: all of it where that is one place,
/// else where it is worst.
geo::Extent placeToLookAt(const nunatak::editing::Finding& finding);

} // namespace nunatak::ui::checks
